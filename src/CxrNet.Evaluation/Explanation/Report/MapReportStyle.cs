namespace CxrNet.Evaluation;

/// <summary>How the page looks, and the few lines of script that sort a table; without them it reads the same.</summary>
internal static class MapReportStyle
{
    /// <summary>Colours by P. Tol, which colour-blind readers tell apart; each also has a sign or a dash.</summary>
    public const string Css = """
        :root{color-scheme:light dark;--back:#fff;--card:#f6f7f9;--text:#1c2330;--faint:#5d6778;--rule:#d5dae2;--ins:#2f6db5;--del:#c2410c;--gain:#12805c;--loss:#b3261e;--best:#e8f1fb}
        @media (prefers-color-scheme:dark){:root{--back:#12151b;--card:#1b2029;--text:#e6e9ef;--faint:#9aa5b5;--rule:#343c49;--ins:#7db3f0;--del:#f59e6b;--gain:#5fd3a6;--loss:#ff8f85;--best:#1f3148}}
        *{box-sizing:border-box}
        body{font:14px/1.45 system-ui,sans-serif;margin:0;padding:24px clamp(12px,3vw,48px);background:var(--back);color:var(--text)}
        h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 4px}
        .note,.notes{color:var(--faint)}.notes{padding-left:18px;margin:4px 0}.note{margin:0 0 10px;max-width:90ch}
        .scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:8px}
        table{border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums}
        th,td{padding:5px 9px;text-align:right;vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--rule)}
        tbody tr:last-child>*{border-bottom:0}
        th{font-weight:600}thead th{background:var(--card)}
        .sort button{font:inherit;color:inherit;text-align:inherit;background:none;border:0;padding:0;cursor:pointer}.sort button:focus-visible{outline:2px solid var(--ins);outline-offset:3px}
        th[aria-sort=ascending] button::after{content:" ▴"}th[aria-sort=descending] button::after{content:" ▾"}
        th:first-child{text-align:left;position:sticky;left:0;background:var(--card);z-index:1}
        .control{font-style:italic;color:var(--faint)}
        .best{background:var(--best);font-weight:600}.best::before{content:"★ ";color:var(--ins)}
        .gain{color:var(--gain)}.loss{color:var(--loss)}.even{color:var(--faint)}
        .range{display:block;font-size:11px;font-weight:400;color:var(--faint)}
        .grid td{padding:4px;border:0}.grid th{font-size:12px;text-align:center;white-space:normal}.grid tbody th{max-width:140px;overflow-wrap:anywhere;vertical-align:middle;text-align:left}
        .grid img{width:132px;height:auto;display:block;border-radius:4px;background:#000}
        .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:12px}
        figure{margin:0;padding:8px 10px;background:var(--card);border:1px solid var(--rule);border-radius:8px}
        svg{width:100%;height:auto}svg text{font-size:10px;fill:var(--faint)}
        .rule{stroke:var(--rule)}polyline{fill:none;stroke-width:2}
        polyline.ins{stroke:var(--ins)}polyline.del{stroke:var(--del);stroke-dasharray:5 3}polyline.chance{stroke:var(--faint);stroke-width:1;opacity:.6}
        span.ins{color:var(--ins)}span.del{color:var(--del)}
        details summary{cursor:pointer;margin-bottom:8px}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px}dt{font-weight:600}dd{margin:0}
        @media print{.scroll{overflow:visible}body{padding:0}}
        """;

    /// <summary>Sorts by a column; a second time the other way round; empty cells last.</summary>
    public const string Sort = """
        for(const table of document.querySelectorAll('table.sort'))table.tHead.rows[0].querySelectorAll('th').forEach((head,column,heads)=>head.querySelector('button').addEventListener('click',()=>{
        const up=head.getAttribute('aria-sort')!=='ascending',body=table.tBodies[0];
        heads.forEach(other=>other.removeAttribute('aria-sort'));head.setAttribute('aria-sort',up?'ascending':'descending');
        const value=row=>{const cell=row.cells[column];return column===0?cell.textContent:cell.dataset.v??(cell.textContent||null)};
        const rows=[...body.rows].sort((a,b)=>{const x=value(a),y=value(b);if(x===null||y===null)return (x===null)-(y===null);
        const order=column===0?x.localeCompare(y):x-y;return up?order:-order});
        body.append(...rows)}));
        """;
}

#!/usr/bin/env bash
# Measures everything and publishes it to benchmarks/results/<machine>/, and to docs/benchmarks.md where that page shows this machine.
#
#   ./bench.sh          quick: fewer cases, short runs; for a quiet machine
#   ./bench.sh quick
#   ./bench.sh full     every case, longer runs: about an hour and a half
#
# What is found lies in artifacts/bench until the end: a run that is stopped, or whose own benchmarks fail, publishes nothing.
# Peers of other languages are optional: 'npm install --ignore-scripts' in benchmarks/peers/node, Debian's python3-torch,
# python3-skimage and python3-pil (or CXRNET_PYTHON=a Python that has them). CXRNET_INT8=FILE is an int8 copy of the model.
# BENCH_STEPS="claims report" runs some steps alone, on top of what an earlier run left.
set -euo pipefail
cd "$(dirname "$0")"
scale=${1:-quick}
case "$scale" in quick | full) ;; *) echo "usage: ./bench.sh [quick|full]" >&2; exit 2 ;; esac
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export CXRNET_BENCH=$scale CXRNET_BENCH_OUT=$PWD/artifacts/bench
steps=${BENCH_STEPS:-cold-start peers stages explanations benchmarks claims report}
[ -n "${BENCH_STEPS:-}" ] || rm -rf "$CXRNET_BENCH_OUT"
mkdir -p "$CXRNET_BENCH_OUT"

if [ ! -d benchmarks/peers/node/node_modules ] && command -v npm >/dev/null; then
    echo "== peer: onnxruntime-node from npm"
    (cd benchmarks/peers/node && timeout 120 npm install --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        echo "onnxruntime-node cannot be installed; its rows are left out." >&2
fi

echo "== build"
dotnet build -c Release -v:quiet -nologo benchmarks/CxrNet.Benchmarks
program=(eng/libstdcxx-shim.sh "$PWD/$(find benchmarks/CxrNet.Benchmarks/bin/Release -name CxrNet.Benchmarks -type f -perm -u+x | head -n 1)")
started=$SECONDS

# The whole log of a step is in artifacts/bench; the console gets its headings and its tables.
run() {
    local name=$1 from=$SECONDS
    shift
    echo "== $name"
    if ! "${program[@]}" "$@" >"$CXRNET_BENCH_OUT/$name.log" 2>&1; then
        tail -n 30 "$CXRNET_BENCH_OUT/$name.log" >&2
        echo "$name failed; its log is artifacts/bench/$name.log. Nothing is published." >&2
        exit 1
    fi
    grep -E '^(\||Skipped:)' "$CXRNET_BENCH_OUT/$name.log" || true
    echo "   $((SECONDS - from)) s"
}

wants() { [[ " $steps " == *" $1 "* ]]; }

wants cold-start && run cold-start cold-start
wants peers && run peers peers
wants stages && run stages stages
wants explanations && run explanations explanations
if wants benchmarks; then
    for group in Backends EndToEnd Scaling; do
        run "$group" --filter "*.$group.*"
    done
    if [ "$scale" = full ]; then
        run Stages --filter '*.Stages.*'
    fi
fi
wants claims && run claims claims
if wants report; then
    machine=$("${program[@]}" machine | tail -n 1)
    staged=$CXRNET_BENCH_OUT/publish
    rm -rf "$staged"
    run report report "$staged"
    target=benchmarks/results/$machine
    if [ -f "$staged/docs-benchmarks.md" ]; then
        mv "$staged/docs-benchmarks.md" docs/benchmarks.md
    fi
    # Whole or not at all: the new folder takes the old one's place by renaming. What the suite does not write (stages/) stays.
    [ ! -d "$target/stages" ] || cp -R "$target/stages" "$staged/stages"
    rm -rf "$target.old"
    [ ! -e "$target" ] || mv "$target" "$target.old"
    mv "$staged" "$target"
    rm -rf "$target.old"
    echo "== published in $target"
fi
grep -hE 'NOT MET' "$CXRNET_BENCH_OUT/claims.md" 2>/dev/null || true
echo "$((SECONDS - started)) s"

// Which layers are drawn and how: only the method and the explained finding ask the server.

import { $, el, option } from "./dom.js";
import { tableOf } from "./heat.js";
import { colorsFor } from "./stage.js";
import { currentMap, method, on, setView, state } from "./state.js";
import { busy, explain, stop } from "./studies.js";
import { colorTitle, findingTitle, percent } from "./words.js";

export function startLayers() {
  fillMenus();
  $("show-map").addEventListener("change", (event) => setView({ showMap: event.target.checked }));
  $("show-lungs").addEventListener("change", (event) => setView({ showLungs: event.target.checked }));
  $("opacity").addEventListener("input", (event) => setView({ opacity: event.target.value / 100 }));
  $("colors").addEventListener("change", (event) => setView({ colors: event.target.value }));
  $("method").addEventListener("change", (event) => { state.method = event.target.value; show(); explain(); });
  $("target").addEventListener("change", (event) => { state.target = event.target.value; explain(); });
  $("cancel").addEventListener("click", stop);
  on("view current", show);
  on("working current", working);
  setInterval(working, 500);
  show();
}

function fillMenus() {
  const { methods, model, colorMaps, backends } = state.info;
  const groups = [
    ["With the scores", (m) => m.name === "network"],
    ["Seconds: scores of changed images", (m) => m.slow],
    ["Any engine", (m) => m.backends.length === backends.length],
    ...backends.map((b) => [`${b.title} alone`, (m) => m.backends[0] === b.name]),
  ];
  const left = new Set(methods);
  for (const [label, belongs] of groups) {
    const members = [...left].filter(belongs);
    for (const member of members) left.delete(member);
    if (members.length) $("method").append(el("optgroup", { label }, members.map((m) => option(m.name, m.title, m.description))));
  }
  $("target").append(option("", "The most probable"), ...model.findings.map((f) => option(f.name, findingTitle(f.name))));
  $("colors").append(
    el("optgroup", { label: "Readable with any colour vision" }, colorMaps.filter((c) => c.anyVision).map((c) => option(c.name, colorTitle(c.name)))),
    el("optgroup", { label: "Others" }, colorMaps.filter((c) => !c.anyVision).map((c) => option(c.name, colorTitle(c.name)))));
  $("method").value = state.method;
  $("colors").value = state.view.colors;
}

function show() {
  const { view } = state, chosen = method();
  $("show-map").checked = view.showMap;
  $("show-lungs").checked = view.showLungs;
  $("opacity").value = Math.round(100 * view.opacity);
  $("opacity-value").textContent = percent(view.opacity);
  $("method-hint").textContent = `${chosen.description.charAt(0).toUpperCase()}${chosen.description.slice(1)}.`;
  $("target").disabled = !chosen.hasTarget;
  legend();
}

function legend() {
  const map = currentMap();
  $("legend").hidden = !map;
  if (!map) return;
  const colors = colorsFor(map), table = tableOf(colors);
  const context = $("legend-canvas").getContext("2d"), row = context.createImageData(256, 1);
  for (let i = 0; i < 256; i++) row.data.set([table[3 * i], table[3 * i + 1], table[3 * i + 2], 255], 4 * i);
  context.putImageData(row, 0, 0);
  $("legend-low").textContent = map.signed ? "against" : map.absolute ? "0, no evidence" : "least";
  $("legend-high").textContent = map.signed ? "for" : map.absolute ? "1, strongest" : "strongest";
  $("legend-note").textContent = [
    map.finding && `Explains ${findingTitle(map.finding)}.`,
    map.absolute ? null : "On this map's own scale: it shows places, not strengths.",
    colors.name !== state.view.colors && `Drawn in ${colorTitle(colors.name).toLowerCase()}, since values speak for and against.`,
  ].filter(Boolean).join(" ");
}

function working() {
  const study = state.current;
  const computing = busy(study);
  $("working").hidden = !computing && !study?.mapProblem;
  $("cancel").hidden = !computing;
  $("working").querySelector(".spinner").hidden = !computing;
  if (computing) {
    const seconds = (performance.now() - study.busySince) / 1000;
    $("working-text").textContent = `Computing${seconds > 1 ? `, ${seconds.toFixed(0)} s` : "…"}`;
  } else if (study?.mapProblem) {
    $("working-text").textContent = study.mapProblem;
  }
}

// The same image through every engine: probabilities and times side by side.

import { $, el } from "./dom.js";
import { on, state } from "./state.js";
import { findingTitle, milliseconds, probability } from "./words.js";

const stages = { decode: "Decoding", preprocess: "Preparing", inference: "Network", postprocess: "Reading out", elapsed: "All on the server" };

export function startEngines() {
  on("current", show);
  show();
}

function show() {
  const { backends, torchMissing } = state.info;
  const answers = backends.map((b) => state.current?.answers[b.name]);
  $("engines").replaceChildren(
    ...(answers.some(Boolean) ? [table(backends, answers)] : [el("p", { textContent: backends.map((b) => b.title).join(" and ") })]),
    ...(torchMissing ? [el("p", {}, unbroken(torchMissing))] : []));
}

// A switch is not broken at its hyphen.
const unbroken = (text) => text.split(/(\s-\S+)/).map((part) => (part.startsWith(" -") ? el("code", { textContent: part }) : part));

function table(backends, answers) {
  const both = answers.length > 1;
  const cells = (read) => answers.map((a) => el("td", { textContent: a ? read(a) : "…" }));
  const row = (title, read, last) => el("tr", { class: last ? "total" : null }, el("th", { scope: "row", textContent: title }), cells(read));
  const findings = answers.find(Boolean).findings.map((f) => row(findingTitle(f.name), (a) => probability(a.findings.find((g) => g.name === f.name)?.probability ?? NaN)));
  const times = Object.entries(stages).map(([stage, title]) => row(title, (a) => milliseconds(a.timingsMs[stage]), stage === "elapsed"));
  return el("table", {},
    el("caption", { textContent: both ? difference(answers) : "Times of this image" }),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, el("span", { class: "visually-hidden", textContent: "Row" })), backends.map((b) => el("th", { scope: "col", textContent: b.title })))),
    both ? el("tbody", {}, findings) : null,
    el("tbody", {}, times));
}

function difference(answers) {
  if (!answers.every(Boolean)) return "The second engine is still computing";
  const [first, ...others] = answers;
  const most = Math.max(...first.findings.flatMap((f) => others.map((o) => Math.abs(f.probability - (o.findings.find((g) => g.name === f.name)?.probability ?? NaN)))));
  return `Probabilities differ by ${most.toExponential(0)} at most; lungs and map are in the time of the engine that drew them`;
}

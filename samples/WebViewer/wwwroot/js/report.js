// What the model says of the current image, with what should be known before it is believed.

import { $, el, option } from "./dom.js";
import { changed, currentMap, on, state } from "./state.js";
import { findingTitle, listed, percent, probability } from "./words.js";

export function startReport() {
  on("current", show);
}

function show() {
  const study = state.current, body = $("report");
  const answer = study?.answers[study.main];
  const focused = document.activeElement?.id === "rule";
  body.replaceChildren(...(answer ? parts(study, answer) : [el("p", { class: "muted", textContent: placeholder(study) })]));
  if (focused) $("rule")?.focus();
}

function placeholder(study) {
  if (!study) return "Nothing has been analysed yet.";
  return study.problem ?? (study.status === "stopped" ? "Stopped." : "Waiting for the model…");
}

function parts(study, answer) {
  const said = currentMap()?.warnings ?? study.warnings ?? [];
  return [
    verdict(answer, said),
    answer.findings.length > 0 ? el("ul", { class: "findings", "aria-label": "Probabilities" }, answer.findings.map(finding)) : null,
    answer.findings.length > 0 ? rules() : null,
    warnings(said.filter((text) => !isVerdict(text))),
    figures(answer),
  ].filter(Boolean);
}

// The library's own sentences for these two are the verdict; they need not be said twice.
const isVerdict = (text) => text.startsWith("The model does not know") || text.startsWith("The image is unlike");

function verdict(answer, said) {
  const sentence = said.find(isVerdict);
  const [kind, title, text] = answer.distance > 1
    ? ["refusal", "Unlike a frontal chest X-ray", answer.findings.length > 0 ? "What follows may mean nothing." : "Probabilities and map are withheld."]
    : answer.undecided
      ? ["caution", "The model does not know", withTitles(sentence?.replace(/^The model does not know: /, "") ?? "")]
      : ["", answer.predictionSet ? `One finding left: ${listed(answer.predictionSet)}` : `Most probable: ${findingTitle(answer.top)}`, "The others are excluded at the model's level. A research result."];
  return el("div", { class: `verdict ${kind}` }, el("strong", { textContent: title }), el("p", { textContent: text }));
}

function withTitles(text) {
  const named = state.info.model.findings.reduce((words, { name }) => words.replaceAll(name, findingTitle(name)), text);
  return named.charAt(0).toUpperCase() + named.slice(1);
}

function finding({ name, probability: value, threshold: inUse }) {
  const point = pointOf(name, inUse);
  const threshold = point?.threshold ?? inUse, reached = value >= threshold;
  const fill = el("span", { class: "finding-fill" }), tick = el("span", { class: "finding-tick" });
  fill.style.width = `${100 * value}%`;
  tick.style.left = `${100 * threshold}%`;
  return el("li", { class: `finding${reached ? " reached" : ""}`, title: point?.provenance },
    el("span", { class: "finding-name", textContent: findingTitle(name) }),
    el("span", { class: "finding-value", textContent: probability(value) }),
    el("span", { class: "finding-bar", "aria-hidden": "true" }, fill, tick),
    el("span", { class: "finding-point" },
      el("span", { "aria-hidden": "true", textContent: reached ? "▲ " : "▽ " }),
      `${reached ? "reaches" : "below"} `, el("span", { class: "visually-hidden", textContent: "its operating point, " }), percent(threshold, 1)),
    point?.sensitivity ? el("span", { class: "finding-rates", textContent: `sens. ${point.sensitivity.toFixed(2)}, spec. ${point.specificity.toFixed(2)}` }) : null);
}

// The rule that is chosen; else the one whose threshold the model's card has in use.
function pointOf(name, inUse) {
  const points = state.info.model.findings.find((f) => f.name === name)?.operatingPoints ?? [];
  return points.find((p) => (state.rule ? p.rule === state.rule : p.sensitivity !== null && p.threshold === inUse));
}

function rules() {
  const { findings } = state.info.model;
  const all = [...new Set(findings.flatMap((f) => f.operatingPoints.map((p) => p.rule)))].filter((rule) => rule !== "in use");
  if (all.length === 0) return null;
  const used = all.find((rule) => findings.every((f) => f.operatingPoints.some((p) => p.rule === rule && p.threshold === f.operatingPoints[0].threshold)));
  const select = el("select", { id: "rule", onchange: (event) => { state.rule = event.target.value; changed("current"); } },
    used ? null : option("", "As the model's card has them"), all.map((rule) => option(rule, rule)));
  select.value = state.rule ?? used ?? "";
  return el("div", {},
    el("div", { class: "field" }, el("label", { htmlFor: "rule", textContent: "Operating points" }), select),
    el("p", { class: "hint", textContent: "The marks on the bars, with sensitivity and specificity on the model's validation images." }));
}

function warnings(said) {
  return said.length > 0 ? el("ul", { class: "warnings", "aria-label": "Warnings" }, said.map((text) => el("li", {}, el("span", { textContent: withTitles(text) })))) : null;
}

function figures(answer) {
  const map = currentMap();
  const rows = [
    answer.distance === null ? null : ["Distance from known images (limit 1)", answer.distance.toFixed(2)],
    map?.outsideLungs === null || map?.outsideLungs === undefined ? null : ["Evidence outside the lungs", percent(map.outsideLungs)],
    answer.lungs ? ["Lungs' share of the image", percent(answer.lungs.area)] : null,
  ].filter(Boolean);
  return el("dl", { class: "figures" }, rows.flatMap(([name, value]) => [el("dt", { textContent: name }), el("dd", { textContent: value })]));
}

// Where images come in, and the list of those that are open.

import * as api from "./api.js";
import { $, announce, el, option } from "./dom.js";
import { on, state } from "./state.js";
import { close, open, select, summary } from "./studies.js";
import { findingTitle, plural } from "./words.js";

let drawn = 0;

export function startFiles() {
  $("picker").addEventListener("change", (event) => { open(event.target.files); event.target.value = ""; });
  $("phantom").append(...state.info.phantoms.map((name) => option(name, findingTitle(name))));
  $("phantom").value = state.info.phantoms.at(-1);
  $("draw").addEventListener("click", draw);
  $("clear").addEventListener("click", () => { for (const study of [...state.studies]) close(study); $("picker").focus(); });
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dragging"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dragging"); });
  document.addEventListener("drop", (event) => { event.preventDefault(); document.body.classList.remove("dragging"); open(event.dataTransfer.files); });
  document.addEventListener("paste", (event) => open(event.clipboardData.files));
  on("studies", () => { list(); progress(); });
}

async function draw() {
  const finding = $("phantom").value, seed = ++drawn;
  $("draw").disabled = true;
  try {
    open([new File([await api.phantom(finding, seed)], `Phantom ${seed}, ${findingTitle(finding)}`, { type: "image/png" })]);
  } catch (error) {
    announce(error.message, true);
  } finally {
    $("draw").disabled = false;
  }
}

// The items stay the same elements, so that focus is not lost while results come in.
function list() {
  const items = new Map([...$("file-list").children].map((item) => [item.study, item]));
  for (const [study, item] of items) if (!state.studies.includes(study)) item.remove();
  for (const study of state.studies) {
    const item = items.get(study) ?? itemFor(study);
    const current = study === state.current;
    item.className = [current && "current", study.status].filter(Boolean).join(" ");
    item.firstChild.setAttribute("aria-current", current);
    item.querySelector(".file-state").textContent = summary(study);
    item.querySelector(".file-state").title = study.problem ?? "";
  }
  $("clear").hidden = state.studies.length < 2;
}

function itemFor(study) {
  const item = el("li", {},
    el("button", { type: "button", class: "file-open", onclick: () => select(study) },
      el("span", { class: "file-name", textContent: study.name, title: study.name }),
      el("span", { class: "file-state" })),
    el("button", { type: "button", class: "file-close", textContent: "×", "aria-label": `Close ${study.name}`, onclick: () => closeFrom(item, study) }));
  item.study = study;
  $("file-list").append(item);
  return item;
}

function closeFrom(item, study) {
  const neighbour = item.nextElementSibling ?? item.previousElementSibling;
  close(study);
  (neighbour?.querySelector(".file-open") ?? $("picker")).focus();
}

function progress() {
  const ready = state.studies.filter((s) => !["waiting", "working"].includes(s.status)).length;
  const all = state.studies.length;
  $("progress").hidden = all < 2 || ready === all;
  $("progress-bar").max = Math.max(1, all);
  $("progress-bar").value = ready;
  $("progress-text").textContent = `${ready} of ${plural(all, "image")} analysed`;
}

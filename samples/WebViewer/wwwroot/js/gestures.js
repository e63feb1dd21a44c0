// Mouse, pen, fingers and keys on the stage.

import { $, announce, el } from "./dom.js";
import * as stage from "./stage.js";
import { changed, setView, state } from "./state.js";
import { step } from "./studies.js";
import { percent } from "./words.js";

const element = $("stage");
const zoomStep = 1.25, panStep = 40, windowStep = 0.02, opacityStep = 0.05;
const fingers = new Map();

const keys = {
  "+": ["zoom in", () => zoomBy(zoomStep)],
  "-": ["zoom out", () => zoomBy(1 / zoomStep)],
  0: ["fit", () => { stage.fit(); sayZoom(); }],
  1: ["one to one", () => { stage.zoom(stage.actualScale()); sayZoom(); }],
  "Arrow keys": ["move"],
  "Shift + ↑ ↓": ["level"],
  "Shift + ← →": ["window"],
  r: ["reset window", () => setView({ level: 0.5, width: 1 })],
  i: ["invert", () => setView({ invert: !state.view.invert })],
  m: ["map on, off", () => toggle("showMap", "Map")],
  l: ["lung contour on, off", () => toggle("showLungs", "Lung contour")],
  "[": ["map fainter", () => opacity(-opacityStep)],
  "]": ["map stronger", () => opacity(opacityStep)],
  "Page ↑ ↓": ["other image"],
};

const moves = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function startGestures() {
  for (const [key, [meaning]] of Object.entries(keys)) $("keys").append(el("dt", { textContent: key }), el("dd", { textContent: meaning }));
  element.addEventListener("keydown", press);
  element.addEventListener("wheel", wheel, { passive: false });
  element.addEventListener("pointerdown", hold);
  element.addEventListener("pointermove", drag);
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("dblclick", () => stage.fit());
  element.addEventListener("contextmenu", (event) => event.preventDefault());
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const move = moves[event.key];
  const action = keys[event.key === "=" ? "+" : event.key.toLowerCase()]?.[1];
  if (move && event.shiftKey) moveWindow(-move[0] * windowStep, move[1] * windowStep);
  else if (move) stage.pan(move[0] * panStep, move[1] * panStep);
  else if (event.key === "PageUp" || event.key === "PageDown") step(event.key === "PageUp" ? -1 : 1);
  else if (action) action();
  else return;
  event.preventDefault();
}

function wheel(event) {
  event.preventDefault();
  if (stage.plane()) stage.zoom(stage.viewport().scale * Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), { x: event.offsetX, y: event.offsetY });
}

function hold(event) {
  if (!stage.plane()) return;
  element.setPointerCapture(event.pointerId);
  element.classList.add("holding");
  fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
}

function drag(event) {
  const from = fingers.get(event.pointerId);
  if (!from) return;
  const to = { x: event.offsetX, y: event.offsetY };
  if (fingers.size === 2) pinch(event.pointerId, from, to);
  else if (state.view.drag === "window" || event.buttons === 2 || event.shiftKey) {
    const { width, height } = stage.size();
    moveWindow((to.x - from.x) / width, (from.y - to.y) / height);
  } else stage.pan(to.x - from.x, to.y - from.y);
  fingers.set(event.pointerId, to);
}

function pinch(id, from, to) {
  const [other] = [...fingers].filter(([pointer]) => pointer !== id).map(([, point]) => point);
  const distance = (point) => Math.hypot(point.x - other.x, point.y - other.y);
  if (distance(from) > 0) stage.zoom((stage.viewport().scale * distance(to)) / distance(from), other);
}

function release(event) {
  fingers.delete(event.pointerId);
  if (fingers.size === 0) element.classList.remove("holding");
}

export function zoomBy(factor) {
  if (!stage.plane()) return;
  stage.zoom(stage.viewport().scale * factor);
  sayZoom();
}

function sayZoom() {
  if (stage.plane()) announce(`Zoom ${percent(stage.viewport().scale * devicePixelRatio)}`);
}

function moveWindow(wider, brighter) {
  const { level, width } = state.view;
  setView({ width: Math.min(2, Math.max(0.02, width + wider)), level: Math.min(1, Math.max(0, level - brighter)) });
}

function toggle(name, title) {
  setView({ [name]: !state.view[name] });
  announce(`${title} ${state.view[name] ? "on" : "off"}`);
  changed("current");
}

function opacity(by) {
  setView({ opacity: Math.min(1, Math.max(0, state.view.opacity + by)) });
  announce(`Opacity ${percent(state.view.opacity)}`);
}

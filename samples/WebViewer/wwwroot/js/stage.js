// The stage: grey plane, map and lung contour laid on each other, once for each frame in which something changed.

import { $ } from "./dom.js";
import { GreyLayer } from "./grey.js";
import { HeatLayer, valueAt } from "./heat.js";
import { currentMap, on, state } from "./state.js";
import { Viewport } from "./viewport.js";
import { findingTitle, percent } from "./words.js";

const element = $("stage"), canvas = $("canvas"), context = canvas.getContext("2d");
const grey = new GreyLayer(), heat = new HeatLayer();
let asked = false;

export const size = () => ({ width: element.clientWidth, height: element.clientHeight });

export const plane = () => state.current?.plane ?? null;

export function viewport() {
  state.current.view ??= new Viewport();
  return state.current.view;
}

export function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(draw);
}

/** Zooms about a point of the stage, its middle by default. */
export function zoom(scale, at) {
  if (!plane()) return;
  const { width, height } = size();
  viewport().zoomTo(scale, at ?? { x: width / 2, y: height / 2 }, plane(), size());
  redraw();
}

export function fit() {
  if (!plane()) return;
  viewport().fit(plane(), size());
  redraw();
}

export function pan(dx, dy) {
  if (!plane()) return;
  viewport().pan(dx, dy, plane(), size());
  redraw();
}

/** One pixel of the image for one of the screen. */
export const actualScale = () => 1 / devicePixelRatio;

export function startStage() {
  new ResizeObserver(redraw).observe(element);
  on("current view", redraw);
  on("current studies", describe);
  element.addEventListener("pointermove", (event) => readOut(event.offsetX, event.offsetY));
  element.addEventListener("pointerleave", () => { $("readout").textContent = facts(); });
}

function draw() {
  asked = false;
  const { width, height } = size();
  const ratio = devicePixelRatio;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, w, h);
  $("stage-empty").hidden = state.current !== null;
  $("zoom").textContent = plane() ? percent(viewport().scale * ratio) : "–";
  if (!plane()) return;

  const view = viewport();
  if (view.fitted) view.fit(plane(), { width, height });
  $("zoom").textContent = percent(view.scale * ratio);
  context.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "medium";
  paint(context, view.scale);
}

/** Draws the layers in image coordinates; also for the picture that is saved. */
export function paint(target, scale) {
  const { width, height } = plane();
  grey.update(plane(), state.view);
  target.drawImage(grey.canvas, 0, 0);
  const map = currentMap();
  if (map && state.view.showMap) {
    heat.update(map, colorsFor(map));
    target.globalAlpha = state.view.opacity;
    target.drawImage(heat.canvas, 0, 0, width, height);
    target.globalAlpha = 1;
  }
  if (state.current.lungs && state.view.showLungs) outline(target, scale);
}

/** A signed map has the colours that are made for one, whatever is chosen for the others. */
export function colorsFor(map) {
  const all = state.info.colorMaps;
  const chosen = all.find((c) => c.name === state.view.colors);
  return chosen.signed === map.signed ? chosen : all.find((c) => c.signed === map.signed);
}

function outline(target, scale) {
  const answer = state.current.answers[state.current.main];
  const shrunk = plane().width / answer.image.width;
  const path = new Path2D();
  for (const points of state.current.lungs.outlines) {
    path.moveTo(points[0] * shrunk, points[1] * shrunk);
    for (let i = 2; i < points.length; i += 2) path.lineTo(points[i] * shrunk, points[i + 1] * shrunk);
    path.closePath();
  }
  target.lineJoin = "round";
  // Light on dark: seen on black lung, on white bone and on every colour of the map.
  for (const [color, thickness] of [["rgb(0 0 0 / 65%)", 3.5], ["#8ff0ff", 1.5]]) {
    target.strokeStyle = color;
    target.lineWidth = thickness / scale;
    target.stroke(path);
  }
}

function readOut(x, y) {
  if (!plane()) return;
  const point = viewport().toImage({ x, y });
  const [column, row] = [Math.floor(point.x), Math.floor(point.y)];
  if (column < 0 || row < 0 || column >= plane().width || row >= plane().height) {
    $("readout").textContent = facts();
    return;
  }
  const level = plane().values[row * plane().width + column] / 65535;
  const map = currentMap();
  const evidence = map ? valueAt(map, point.x / plane().width, point.y / plane().height) : null;
  $("readout").textContent = `x ${column}, y ${row}   grey ${percent(level, 1)}${evidence === null ? "" : `   map ${evidence.toPrecision(3)}`}`;
}

function facts() {
  const answer = state.current?.answers[state.current.main];
  const image = answer?.image ?? plane();
  if (!image) return "\u00a0";
  return [`${image.width} × ${image.height} pixels`, image.view && `view ${image.view}`, image.modality, image.pixelMillimetres && `${image.pixelMillimetres} mm`].filter(Boolean).join(", ");
}

function describe() {
  const study = state.current;
  $("readout").textContent = facts();
  $("save").disabled = !plane();
  const note = $("stage-note");
  note.hidden = !(study?.problem);
  note.textContent = study?.problem ? `${study.name}: ${study.problem}` : "";
  const map = currentMap();
  element.setAttribute("aria-label", study ? `Chest X-ray ${study.name}${map ? `, with the map of ${map.finding ? findingTitle(map.finding) : "the network"}` : ""}` : "No image");
}

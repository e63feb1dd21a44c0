// The bar above the image.

import { $ } from "./dom.js";
import { zoomBy } from "./gestures.js";
import { autoWindow } from "./grey.js";
import * as stage from "./stage.js";
import { on, setView, state } from "./state.js";
import { percent } from "./words.js";

export function startTools() {
  $("zoom-in").addEventListener("click", () => zoomBy(1.25));
  $("zoom-out").addEventListener("click", () => zoomBy(0.8));
  $("zoom-fit").addEventListener("click", () => stage.fit());
  $("zoom-one").addEventListener("click", () => stage.zoom(stage.actualScale()));
  $("level").addEventListener("input", (event) => setView({ level: event.target.value / 100 }));
  $("width").addEventListener("input", (event) => setView({ width: event.target.value / 100 }));
  $("invert").addEventListener("change", (event) => setView({ invert: event.target.checked }));
  $("window-reset").addEventListener("click", () => setView({ level: 0.5, width: 1, invert: false }));
  $("window-auto").addEventListener("click", () => stage.plane() && setView(autoWindow(stage.plane())));
  $("save").addEventListener("click", save);
  for (const radio of document.querySelectorAll("input[name=drag]")) {
    radio.addEventListener("change", () => setView({ drag: radio.value }));
  }
  on("view", show);
  show();
}

function show() {
  const { level, width, invert, drag } = state.view;
  $("level").value = Math.round(100 * level);
  $("width").value = Math.round(100 * width);
  $("level-value").textContent = percent(level);
  $("width-value").textContent = percent(width);
  $("invert").checked = invert;
  $("stage").classList.toggle("windowing", drag === "window");
}

/** What is seen, at the image's own size. It goes to the visitor's own disk and nowhere else. */
async function save() {
  // Before anything is awaited: another image may be chosen meanwhile.
  const { name } = state.current;
  const { width, height } = stage.plane();
  const picture = new OffscreenCanvas(width, height);
  stage.paint(picture.getContext("2d"), Math.min(1, 900 / width));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await picture.convertToBlob({ type: "image/png" }));
  link.download = `${name.replace(/\.[^.]*$/, "")}.view.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}

// Start here: asks the server what it has, then wakes each part of the page.

import * as api from "./api.js";
import { $, announce } from "./dom.js";
import { startEngines } from "./engines.js";
import { showFacts } from "./facts.js";
import { startFiles } from "./files.js";
import { startGestures } from "./gestures.js";
import { startLayers } from "./layers.js";
import { startReport } from "./report.js";
import { startStage } from "./stage.js";
import { changed, state } from "./state.js";
import { startTools } from "./tools.js";

try {
  state.info = await api.info();
  state.method = state.info.methods[0].name;
  showFacts();
  startStage();
  startGestures();
  startTools();
  startFiles();
  startLayers();
  startReport();
  startEngines();
  changed("studies", "current");
  document.documentElement.dataset.ready = "true";
} catch (error) {
  $("stage-note").hidden = false;
  $("stage-note").textContent = error.message;
  announce(error.message, true);
  throw error;
}

// Opened images: their way from file to result. Planes and maps are kept in this page alone, and only of the last few images.

import * as api from "./api.js";
import { announce } from "./dom.js";
import { floats } from "./npy.js";
import { changed, mapKey, method, state } from "./state.js";
import { bytes, findingTitle, percent, plural } from "./words.js";

const planesKept = 4;

// Why a computation is given up without a word: another one takes its place, or its image was closed.
const replaced = new DOMException("Replaced", "AbortError");

const waiting = [];
let running = 0, number = 0;

/** Opens files: each waits for its turn, the first is shown. */
export function open(files) {
  const added = [...files].map((file) => ({
    id: ++number, file, name: file.name || "image", status: "waiting", problem: null,
    plane: null, answers: {}, maps: new Map(), view: null, jobs: new Set(), shown: 0,
  }));
  if (added.length === 0) return;
  state.studies.push(...added);
  waiting.push(...added);
  announce(`${plural(added.length, "file")} opened.`);
  changed("studies");
  if (!state.current || added.length === 1) select(added[0]);
  next();
}

export function select(study) {
  state.current = study;
  study.shown = performance.now();
  forgetPlanes();
  if (study.again) enqueueAgain(study);
  changed("studies", "current");
  showPlane(study);
  if (study.status === "done" && !study.maps.has(mapKey())) explain();
}

/** Whether something is being computed for an image. */
export const busy = (study) => Boolean(study && study.jobs.size > 0);

export function close(study) {
  giveUp(study, replaced);
  const index = state.studies.indexOf(study);
  state.studies.splice(index, 1);
  const place = waiting.indexOf(study);
  if (place >= 0) waiting.splice(place, 1);
  if (state.current === study) {
    state.current = null;
    const neighbour = state.studies[Math.min(index, state.studies.length - 1)];
    if (neighbour) select(neighbour);
  }
  changed("studies", "current");
}

export function step(by) {
  const index = state.studies.indexOf(state.current) + by;
  if (state.studies[index]) select(state.studies[index]);
}

/** The current image with another method or finding. */
export async function explain() {
  const study = state.current;
  if (study) {
    study.mapProblem = null;
    study.explaining?.abort(replaced);
  }
  if (!study || study.status !== "done" || study.maps.has(mapKey())) {
    changed("current", "working");
    return;
  }
  await work(study, async (signal, abort) => {
    study.explaining = abort;
    const { backends, title } = method();
    await score(study, backends[0], true, signal);
    announce(`${title} is shown.`);
  });
}

/** Gives up what is computed for the current image. */
export function stop() {
  if (state.current) giveUp(state.current);
}

function giveUp(study, reason) {
  for (const job of study.jobs) job.abort(reason);
}

function enqueueAgain(study) {
  Object.assign(study, { status: "waiting", problem: null, again: false });
  waiting.push(study);
  queueMicrotask(next);
}

function next() {
  const limit = state.info?.limits.maxConcurrent ?? 1;
  while (running < limit && waiting.length > 0) {
    running++;
    // The image that is looked at goes first.
    const index = Math.max(0, waiting.indexOf(state.current));
    const [study] = waiting.splice(index, 1);
    analyze(study).finally(() => { running--; next(); });
  }
}

async function analyze(study) {
  await work(study, async (signal) => {
    await check(study.file);
    const first = method().backends[0];
    await score(study, first, true, signal);
    study.status = "done";
    changed("studies", ...(study === state.current ? ["current"] : []));
    // The method or the finding was changed meanwhile.
    if (study === state.current && !study.maps.has(mapKey())) explain();
    for (const backend of state.info.backends) {
      if (backend.name !== first) await score(study, backend.name, false, signal);
    }
    announce(`${study.name}: ${summary(study)}`);
  });
}

async function work(study, job) {
  const abort = new AbortController();
  study.jobs.add(abort);
  if (study.status === "waiting") study.status = "working";
  study.busySince = performance.now();
  changed("studies", "working");
  try {
    await job(abort.signal, abort);
  } catch (error) {
    fail(study, error);
  } finally {
    study.jobs.delete(abort);
    changed("studies", "working", ...(study === state.current ? ["current"] : []));
  }
}

async function score(study, backend, layers, signal) {
  const key = mapKey();
  const sent = performance.now();
  const fields = { backend, layers, method: layers ? state.method : null, target: layers && method().hasTarget ? state.target : null };
  const answer = await api.analyze(study.file, fields, signal);
  answer.roundTrip = performance.now() - sent;
  study.answers[backend] = answer;
  if (layers) {
    study.lungs = answer.lungs;
    study.maps.set(key, answer.map ? { ...answer.map, values: floats(answer.map.values), warnings: answer.warnings } : null);
    study.main = backend;
    study.warnings = answer.warnings;
  }
}

function fail(study, error) {
  if (error === replaced) return;
  if (error.name === "AbortError") {
    if (study.status === "working") Object.assign(study, { status: "stopped", again: true });
    else study.mapProblem = "Stopped.";
    announce("Stopped.");
    return;
  }
  if (!(error instanceof api.Problem)) console.error(error);
  if (study.status === "done") {
    // The scores stand; only the other map could not be had.
    study.mapProblem = error.message;
  } else {
    study.status = "failed";
    study.problem = error.message;
    // No answer or an error of the server's is not the file's fault.
    study.again = error.status === 0 || error.status >= 500;
  }
  announce(`${study.name}: ${error.message}`, true);
}

async function showPlane(study) {
  if (study.plane || study.status === "failed") return;
  try {
    await check(study.file);
    study.plane = await api.image(study.file);
  } catch (error) {
    if (study.status !== "done") study.status = "failed";
    study.problem = error.message;
    changed("studies");
  }
  if (study === state.current) changed("current");
}

function forgetPlanes() {
  const kept = state.studies.filter((s) => s.plane).sort((a, b) => b.shown - a.shown);
  for (const study of kept.slice(planesKept)) study.plane = null;
}

async function check(file) {
  const limit = state.info.limits.maxFileBytes;
  if (file.size > limit) {
    throw new api.Problem("The file is too large.", `The file has ${bytes(file.size)}; this server takes ${bytes(limit)} at most.`, 413);
  }
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new api.Problem("The file cannot be read.", "The browser cannot read this: it is a folder, or the file was moved or changed after it was opened.", 422);
  }
}

/** A study in a line, for the list and for screen readers. */
export function summary(study) {
  const answer = study.answers[study.main];
  switch (study.status) {
    case "waiting": return "Waiting";
    case "working": return "Analysing…";
    case "stopped": return "Stopped; select it to go on";
    case "failed": return study.problem;
    default: break;
  }
  if (!answer?.top) return "Unlike a frontal chest X-ray";
  if (answer.distance > 1) return "Unlike a frontal chest X-ray";
  if (answer.undecided) return "The model does not know";
  return `${findingTitle(answer.top)} ${percent(answer.findings.find((f) => f.name === answer.top).probability)}`;
}

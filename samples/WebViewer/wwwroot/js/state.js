// What is open and how it is looked at. Changes are told by name, and each part of the page listens for its own.

export const state = {
  info: null,
  studies: [],
  current: null,
  /** What is computed. */
  method: null,
  target: "",
  /** The operating points' rule; null for the one that the model's card has in use. */
  rule: null,
  /** What is only drawn. */
  view: { level: 0.5, width: 1, invert: false, showMap: true, showLungs: true, opacity: 0.65, colors: "inferno", drag: "pan" },
};

const listeners = new Map();

/** Names: studies (list or progress), current (another image or new results of it), view (drawing alone), working. */
export function on(names, listener) {
  for (const name of names.split(" ")) {
    if (!listeners.has(name)) listeners.set(name, []);
    listeners.get(name).push(listener);
  }
}

export function changed(...names) {
  const told = new Set(names.flatMap((name) => listeners.get(name) ?? []));
  for (const listener of told) listener();
}

export function setView(values) {
  Object.assign(state.view, values);
  changed("view");
}

/** The method that is chosen, with its engines. */
export const method = () => state.info?.methods.find((m) => m.name === state.method);

/** A map depends on these; a network's own is the same for all findings. */
export const mapKey = () => `${state.method}|${method()?.hasTarget ? state.target : ""}`;

/** The map of the current image with the current method; undefined where it is not there yet. */
export const currentMap = () => state.current?.maps.get(mapKey());

// What the model's card says of it.

import { $, el } from "./dom.js";
import { state } from "./state.js";

export function showFacts() {
  const { model } = state.info;
  $("model").textContent = `Model ${model.id}`;
  $("facts").append(
    el("p", { textContent: model.description }),
    el("p", { textContent: model.intendedUse }),
    el("ul", {}, model.limitations.map((text) => el("li", { textContent: text }))),
    el("p", { textContent: `Licence of the weights: ${model.license}. ` }, el("a", { href: "openapi/v1.json", textContent: "The API's description" })));
}

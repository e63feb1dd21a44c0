// The few words that this page needs to speak with its document.

export const $ = (id) => document.getElementById(id);

/** An element with properties and children; strings become text, so nothing that comes from a file is ever read as markup. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const option = (value, text, title) => el("option", { value, textContent: text, title });

/** Says something to whoever cannot see the page change. The same words twice are said twice. */
export function announce(text, urgent = false) {
  const region = $(urgent ? "alarm" : "announce");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

// Names and numbers as people read them.

const findingTitles = {
  normal: "Normal",
  bacterial_pneumonia: "Bacterial pneumonia",
  viral_pneumonia: "Viral pneumonia",
  covid19: "COVID-19",
};

const mapTitles = { "blue-red": "Blue – red (against, for)" };

const sentence = (name) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

export const findingTitle = (name) => findingTitles[name] ?? sentence(name);

export const colorTitle = (name) => mapTitles[name] ?? sentence(name);

export const percent = (share, digits = 0) => `${(100 * share).toFixed(digits)} %`;

/** Never "0.0 %" for what is not nothing, nor "100.0 %" for what is not certain. */
export function probability(value) {
  if (value > 0 && value < 0.0005) return "< 0.1 %";
  if (value < 1 && value >= 0.9995) return "> 99.9 %";
  return percent(value, 1);
}

export const milliseconds = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`);

export function bytes(count) {
  return count >= 1 << 20 ? `${(count / (1 << 20)).toFixed(0)} MB` : `${Math.ceil(count / 1024)} KB`;
}

export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

export const listed = (names) => {
  const titles = names.map(findingTitle);
  return titles.length < 2 ? titles.join("") : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
};

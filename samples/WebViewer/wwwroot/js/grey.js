// Window and level: 16-bit grey levels to a canvas through a table, so that a change costs one pass over the pixels.

export class GreyLayer {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
    this.table = new Uint32Array(65536);
    this.plane = null;
    this.key = "";
  }

  /** Draws again where plane or window changed. */
  update(plane, { level, width, invert }) {
    const key = `${level}|${width}|${invert}`;
    if (plane === this.plane && key === this.key) return;
    if (plane !== this.plane) {
      this.canvas.width = plane.width;
      this.canvas.height = plane.height;
      this.pixels = this.context.createImageData(plane.width, plane.height);
      this.words = new Uint32Array(this.pixels.data.buffer);
    }
    this.plane = plane;
    this.key = key;
    fillTable(this.table, level, width, invert);
    const { words, table } = this;
    const values = plane.values;
    for (let i = 0; i < words.length; i++) words[i] = table[values[i]];
    this.context.putImageData(this.pixels, 0, 0);
  }
}

function fillTable(table, level, width, invert) {
  const low = level - width / 2;
  for (let i = 0; i < table.length; i++) {
    let grey = Math.round(255 * Math.min(1, Math.max(0, (i / 65535 - low) / width)));
    if (invert) grey = 255 - grey;
    // Little-endian: alpha, blue, green, red.
    table[i] = (0xff000000 | (grey << 16) | (grey << 8) | grey) >>> 0;
  }
}

/** The window between the 0.5th and the 99.5th percentile. */
export function autoWindow(plane) {
  const counts = new Uint32Array(1024);
  for (const value of plane.values) counts[value >> 6]++;
  const [low, high] = [quantile(counts, 0.005), quantile(counts, 0.995)];
  const width = Math.max(0.02, high - low);
  return { level: low + width / 2, width };
}

function quantile(counts, share) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let passed = 0;
  for (let i = 0; i < counts.length; i++) {
    passed += counts[i];
    if (passed >= share * total) return (i + 0.5) / counts.length;
  }
  return 1;
}

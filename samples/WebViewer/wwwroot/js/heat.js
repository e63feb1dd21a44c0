// The map as a picture of its own small size. Opacity follows the evidence, so "no evidence" is the plain radiograph; the slider multiplies it when the layers are laid on each other.

import { bytes } from "./npy.js";

export class HeatLayer {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
    this.map = null;
    this.colors = null;
  }

  update(map, colors) {
    if (map === this.map && colors === this.colors) return;
    this.map = map;
    this.colors = colors;
    this.canvas.width = map.width;
    this.canvas.height = map.height;
    const picture = this.context.createImageData(map.width, map.height);
    const table = tableOf(colors);
    for (let i = 0; i < map.values.length; i++) {
      const value = scaled(map, map.values[i]);
      const step = Math.round(255 * (map.signed ? (value + 1) / 2 : value));
      picture.data.set(table.subarray(3 * step, 3 * step + 3), 4 * i);
      picture.data[4 * i + 3] = Math.round(255 * Math.abs(value));
    }
    this.context.putImageData(picture, 0, 0);
  }
}

/** A map's value on its scale: 0 … 1, or -1 … 1 for a signed map. */
export function scaled(map, value) {
  const share = (value - map.low) / (map.high - map.low);
  return Math.min(1, Math.max(map.signed ? -1 : 0, share));
}

/** The map's own value at a share of its width and height, between its cells. */
export function valueAt(map, u, v) {
  if (u < 0 || v < 0 || u >= 1 || v >= 1) return null;
  const x = Math.min(map.width - 1, Math.max(0, u * map.width - 0.5)), y = Math.min(map.height - 1, Math.max(0, v * map.height - 0.5));
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [x1, y1] = [Math.min(map.width - 1, x0 + 1), Math.min(map.height - 1, y0 + 1)];
  const row = (yy) => map.values[yy * map.width + x0] * (1 - (x - x0)) + map.values[yy * map.width + x1] * (x - x0);
  return row(y0) * (1 - (y - y0)) + row(y1) * (y - y0);
}

export function tableOf(colors) {
  colors.table ??= bytes(colors.rgb);
  return colors.table;
}

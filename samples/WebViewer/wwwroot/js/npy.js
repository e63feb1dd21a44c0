// Reads a NumPy array file of two dimensions: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

const kinds = { "<u2": Uint16Array, "|u1": Uint8Array, "<f4": Float32Array };

export function npy(buffer) {
  const view = new DataView(buffer);
  const length = view.getUint16(8, true);
  const header = new TextDecoder("latin1").decode(new Uint8Array(buffer, 10, length));
  const kind = kinds[/'descr': '([^']+)'/.exec(header)?.[1]];
  const shape = /'shape': \((\d+), (\d+)\)/.exec(header);
  if (!kind || !shape || header.includes("'fortran_order': True")) throw new Error(`An array of another kind: ${header}`);
  const [height, width] = [Number(shape[1]), Number(shape[2])];
  return { width, height, values: new kind(buffer, 10 + length, width * height) };
}

/** Base64 of little-endian float32 values. */
export function floats(base64) {
  return new Float32Array(bytes(base64).buffer);
}

export function bytes(base64) {
  const text = atob(base64);
  const result = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) result[i] = text.charCodeAt(i);
  return result;
}

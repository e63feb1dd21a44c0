// The server's API. Every request carries its file and nothing else of the visitor's: not even the file's name, which may be a patient's.

import { npy } from "./npy.js";

const busyPause = 700;

/** What the server said was wrong: RFC 9457 problem details. */
export class Problem extends Error {
  constructor(title, detail, status = 0) {
    super(detail || title);
    this.title = title;
    this.status = status;
  }
}

export const info = async () => (await request("api/info")).json();

export async function phantom(finding, seed) {
  const answer = await request(`api/phantoms/${encodeURIComponent(finding)}?seed=${seed}`);
  return answer.blob();
}

/** The grey plane: { width, height, values: Uint16Array }. */
export async function image(file, signal) {
  const answer = await post("api/image", file, {}, signal, "application/x-npy");
  return npy(await answer.arrayBuffer());
}

/** Findings, and with layers the lungs and the map. */
export async function analyze(file, fields, signal) {
  return (await post("api/analyze", file, fields, signal, "application/json")).json();
}

function post(path, file, fields, signal, accept) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) form.append(name, value);
  }
  form.append("file", file, "image");
  return request(path, { method: "POST", body: form, signal, headers: { Accept: accept } });
}

async function request(path, options) {
  for (;;) {
    const answer = await send(path, options);
    if (answer.ok) return answer;
    const problem = await problemOf(answer);
    // The server is busy with others: wait for a turn.
    if (answer.status !== 503 || !answer.headers.has("Retry-After")) throw problem;
    await new Promise((resolve) => setTimeout(resolve, busyPause));
    options?.signal?.throwIfAborted();
  }
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The server does not answer.", "The server does not answer. Is the viewer still running?");
  }
}

async function problemOf(answer) {
  const details = await answer.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return {};
  });
  return new Problem(details.title ?? `The server answered ${answer.status}.`, details.detail, answer.status);
}

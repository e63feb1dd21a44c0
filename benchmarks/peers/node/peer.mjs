// The network in onnxruntime-node. Asked line by line on stdin by the benchmarks:
//   node peer.mjs serve FOLDER THREADS     "ready VERSIONS", then for each "network N" one "ms TIME LOGIT ..."
//   node peer.mjs first FOLDER THREADS     one result, for the cold start; it ends with its stdin
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import ort from 'onnxruntime-node';

const [mode, folder, threads] = process.argv.slice(2);
const [input, logits, map, side] = readFileSync(join(folder, 'facts.txt'), 'utf8').trim().split(' ');
const session = await ort.InferenceSession.create(join(folder, 'plain.onnx'), {
  intraOpNumThreads: Number(threads), interOpNumThreads: 1, graphOptimizationLevel: 'all',
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
const bytes = readFileSync(join(folder, 'inputs.f32'));
const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

async function network(count) {
  const values = all.subarray(0, count * side * side);
  const started = process.hrtime.bigint();
  const results = await session.run({ [input]: new ort.Tensor('float32', values, [count, 1, Number(side), Number(side)]) }, [logits, map]);
  const scores = results[logits].data;
  const elapsed = Number(process.hrtime.bigint() - started) / 1e6;
  return `ms ${elapsed} ${Array.from(scores).join(' ')}`;
}

if (mode === 'first') {
  console.log(await network(1));
  for await (const _ of process.stdin);
  process.exit(0);
}

const version = createRequire(import.meta.url)('onnxruntime-node/package.json').version;
console.log(`ready onnxruntime-node ${version}, node ${process.version}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [work, count] = line.trim().split(' ');
  console.log(work === 'network' ? await network(Number(count)) : `unknown work '${line}'`);
}
process.exit(0);

#!/usr/bin/env python3
"""The network in PyTorch, eagerly, and two pipelines from a JPEG. Asked line by line on stdin by the benchmarks:

  peer.py serve FOLDER THREADS   "ready VERSIONS", then for each line one "ms TIME LOGIT ..."
      network N      a ready batch through the network
      lean           the JPEG: PIL decodes and resizes, numpy standardises, the network
      xrv            the JPEG as torchxrayvision's examples read one: decode, normalise, XRayResizer's skimage resize, the network
  peer.py first FOLDER THREADS   one result from the JPEG by the lean way, for the cold start; it ends with its stdin

The graph is read from plain.onnx with the few lines of a protobuf reader below: the same weights as everybody, no package more.
"""
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    """Yields (number, value) of a protobuf message: ints for varints, bytes for the rest."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        wire = key & 7
        if wire == 0:
            value, at = varint(data, at)
            if value >= 1 << 63:
                value -= 1 << 64
        else:
            if wire == 2:
                length, at = varint(data, at)
            else:
                length = 4 if wire == 5 else 8
            value = bytes(data[at:at + length])
            at += length
        yield key >> 3, value


def packed(value):
    numbers, at = [], 0
    while at < len(value):
        number, at = varint(value, at)
        numbers.append(number)
    return numbers


def read_tensor(data):
    dims, kind, name, raw, floats = [], 1, "", None, b""
    for field, value in fields(data):
        if field == 1:
            dims += [value] if isinstance(value, int) else packed(value)
        elif field == 2:
            kind = value
        elif field == 4:
            floats += value
        elif field == 8:
            name = value.decode()
        elif field == 9:
            raw = value
    types = {1: np.float32, 6: np.int32, 7: np.int64, 10: np.float16}
    array = np.frombuffer(raw if raw is not None else floats, types[kind])
    return name, torch.from_numpy(array.reshape(dims).copy())


def read_graph(path):
    with open(path, "rb") as file:
        model = file.read()
    graph = next(value for field, value in fields(model) if field == 7)
    nodes, weights = [], {}
    for field, value in fields(graph):
        if field == 5:
            name, tensor = read_tensor(value)
            weights[name] = tensor
        elif field == 1:
            inputs, outputs, operator, attributes = [], [], "", {}
            for inner, part in fields(value):
                if inner == 1:
                    inputs.append(part.decode())
                elif inner == 2:
                    outputs.append(part.decode())
                elif inner == 4:
                    operator = part.decode()
                elif inner == 5:
                    name, ints, number = "", [], None
                    for deep, leaf in fields(part):
                        if deep == 1:
                            name = leaf.decode()
                        elif deep == 2:
                            number = struct.unpack("<f", leaf)[0]
                        elif deep == 3:
                            number = leaf
                        elif deep == 8:
                            ints += [leaf] if isinstance(leaf, int) else packed(leaf)
                    attributes[name] = ints or number
            nodes.append((operator, inputs, outputs[0], attributes))
    return nodes, weights


def conv(x, weight, bias, a):
    top, left, bottom, right = a.get("pads") or [0, 0, 0, 0]
    if (top, left) != (bottom, right):
        x, top, left = F.pad(x, (left, right, top, bottom)), 0, 0
    return F.conv2d(x, weight, bias, a.get("strides") or 1, (top, left), a.get("dilations") or 1, a.get("group") or 1)


OPERATORS = {
    "Conv": lambda v, a: conv(v[0], v[1], v[2] if len(v) > 2 else None, a),
    "Relu": lambda v, a: F.relu(v[0]),
    "Clip": lambda v, a: v[0].clamp(float(v[1]), float(v[2])),
    "Sigmoid": lambda v, a: torch.sigmoid(v[0]),
    "Add": lambda v, a: v[0] + v[1],
    "Sub": lambda v, a: v[0] - v[1],
    "Mul": lambda v, a: v[0] * v[1],
    "Concat": lambda v, a: torch.cat(v, a.get("axis") or 1),
    "MaxPool": lambda v, a: F.max_pool2d(v[0], a["kernel_shape"], a.get("strides")),
    "AveragePool": lambda v, a: F.avg_pool2d(v[0], a["kernel_shape"], a.get("strides")),
    "GlobalAveragePool": lambda v, a: v[0].mean((2, 3), keepdim=True),
    "Flatten": lambda v, a: v[0].flatten(1),
    "Gemm": lambda v, a: F.linear(v[0], v[1], v[2]),
    "Resize": lambda v, a: F.interpolate(v[0], scale_factor=[float(s) for s in v[-1][2:]], mode="bilinear", align_corners=False),
}


class Network:
    def __init__(self, folder):
        with open(folder + "/facts.txt") as file:
            self.input, self.logits, self.map, side, _ = file.read().split()
        self.side = int(side)
        self.nodes, self.weights = read_graph(folder + "/plain.onnx")
        # Numbers among the weights (bounds, scales) are read once, not at every pass.
        self.numbers = {k: [float(n) for n in w] if w.dim() else float(w) for k, w in self.weights.items() if w.dim() < 1 or w.numel() <= 4 and w.dim() == 1}

    def __call__(self, x):
        with torch.inference_mode():
            values = {**self.weights, self.input: x}
            for operator, inputs, output, attributes in self.nodes:
                given = [self.numbers.get(n, values.get(n)) if operator in ("Clip", "Resize") and i else values[n] for i, n in enumerate(inputs) if n]
                values[output] = OPERATORS[operator](given, attributes)
            return values[self.logits].numpy(), values[self.map].numpy()


def standardise(plane):
    return (plane - plane.mean()) / plane.std()


def lean(network, path):
    image = Image.open(path).convert("L").resize((network.side, network.side), Image.BILINEAR)
    plane = standardise(np.asarray(image, np.float32) / 255)
    return network(torch.from_numpy(plane)[None, None])


def xrv(network, path):
    # torchxrayvision's process_image.py: skimage.io.imread, xrv.datasets.normalize to -1024 ... 1024, one channel, XRayResizer
    # (skimage.transform.resize, preserve_range), then the model. The standardisation takes the place of its own model's range.
    import skimage.io
    import skimage.transform
    image = skimage.io.imread(path)
    image = (2 * (image.astype(np.float32) / 255) - 1.0) * 1024
    if image.ndim > 2:
        image = image[:, :, 0]
    image = skimage.transform.resize(image[None, :, :], (1, network.side, network.side), mode="constant", preserve_range=True).astype(np.float32)
    return network(torch.from_numpy(standardise(image))[None])


def main():
    mode, folder, threads = sys.argv[1:4]
    torch.set_num_threads(int(threads))
    network = Network(folder)
    film = folder + "/film.jpg"
    inputs = torch.from_numpy(np.fromfile(folder + "/inputs.f32", np.float32).reshape(-1, 1, network.side, network.side))
    works = {"network": lambda n: network(inputs[:int(n)]), "lean": lambda: lean(network, film), "xrv": lambda: xrv(network, film)}

    def run(line):
        work, *rest = line.split()
        started = time.perf_counter()
        logits, _ = works[work](*rest)
        elapsed = (time.perf_counter() - started) * 1e3
        return "ms %.6f %s" % (elapsed, " ".join("%.9g" % v for v in logits.ravel()))

    if mode == "first":
        print(run("lean"), flush=True)
        sys.stdin.read()
        return
    try:
        import skimage
        skimage_version = skimage.__version__
    except ImportError:
        del works["xrv"]
        skimage_version = "none"
    import PIL
    print(f"ready PyTorch {torch.__version__}, PIL {PIL.__version__}, skimage {skimage_version}, numpy {np.__version__}, Python {sys.version.split()[0]}", flush=True)
    for line in sys.stdin:
        print(run(line) if line.split()[0] in works else f"unknown work '{line.strip()}'", flush=True)


if __name__ == "__main__":
    main()

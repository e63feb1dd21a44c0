using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class OnnxBackendConformance() : BackendConformance(typeof(OnnxClassifier).Assembly);

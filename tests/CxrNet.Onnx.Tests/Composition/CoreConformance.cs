using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests.Composition;

/// <summary>Every classifier, segmenter and method that Core itself has is run through its suite here, around this backend's.</summary>
public sealed class CoreConformance() : BackendConformance(typeof(CachedClassifier).Assembly);

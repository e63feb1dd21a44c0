using CxrNet.Conformance;

namespace CxrNet.Torch.Tests;

public sealed class TorchBackend() : BackendConformance(typeof(TorchClassifier).Assembly);

using CxrNet.Conformance;
using CxrNet.CustomBackend;

namespace CxrNet.Docs.Tests;

/// <summary>The sample's backend is put through what every backend has to pass.</summary>
public sealed class TheCustomBackendConforms : CxrClassifierConformance<OpenCvClassifier>
{
    public TheCustomBackendConforms()
    {
        OpenCvNative.Require();
    }

    protected override OpenCvClassifier Load(CxrModelCard card) => new(TinyOnnx.For(card).ToBytes(), card);
}

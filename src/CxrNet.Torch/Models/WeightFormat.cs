namespace CxrNet.Torch.Models;

/// <summary>What a file of weights is, told by its first bytes.</summary>
internal enum WeightFormat
{
    /// <summary>An ONNX graph.</summary>
    Onnx,

    /// <summary>safetensors.</summary>
    Safetensors,

    /// <summary>A state_dict by torch.save.</summary>
    StateDict,
}

namespace CxrNet.Onnx;

/// <summary>What runs a model inside ONNX Runtime: its "execution providers". Which of them there are is decided by the native package of the application.</summary>
public enum OnnxProvider
{
    /// <summary>The processor: in every build of ONNX Runtime.</summary>
    Cpu,

    /// <summary>An NVIDIA card: package Microsoft.ML.OnnxRuntime.Gpu, CUDA and cuDNN.</summary>
    Cuda,

    /// <summary>An NVIDIA card through TensorRT, and CUDA for what that leaves: package Microsoft.ML.OnnxRuntime.Gpu, CUDA, cuDNN and TensorRT.</summary>
    TensorRt,

    /// <summary>Any DirectX 12 card on Windows: package Microsoft.ML.OnnxRuntime.DirectML.</summary>
    DirectMl,

    /// <summary>Intel's processors and cards: package Intel.ML.OnnxRuntime.OpenVino.</summary>
    OpenVino,

    /// <summary>Apple's accelerators: package Microsoft.ML.OnnxRuntime on macOS and iOS.</summary>
    CoreMl,

    /// <summary>ARM processors of phones: package Microsoft.ML.OnnxRuntime on Android and iOS.</summary>
    Xnnpack,
}

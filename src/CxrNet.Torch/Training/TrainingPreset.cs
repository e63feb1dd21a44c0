namespace CxrNet.Torch.Training;

/// <summary>How map and classifier are taught.</summary>
public enum TrainingPreset
{
    /// <summary>Two phases: E2 on randomly masked images; then E1 and D through the frozen E2. The map cannot smuggle the label past E2.</summary>
    Faithful,

    /// <summary>One phase: everything at once on cross-entropy, as the paper's abstract describes.</summary>
    Paper,
}

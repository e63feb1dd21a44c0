namespace CxrNet.Torch.Training;

/// <summary>Linear warm-up, then half a cosine down to zero.</summary>
internal static class LearningRate
{
    public static double At(long step, long steps, TrainingOptions options)
    {
        long warmup = Math.Min(options.WarmupSteps, Math.Max(1, steps / 5));
        return step < warmup
            ? options.PeakLearningRate * (step + 1) / warmup
            : options.PeakLearningRate * 0.5 * (1 + Math.Cos(Math.PI * (step - warmup) / Math.Max(1, steps - warmup)));
    }
}

using System.Numerics;

namespace CxrNet.Torch.Training;

/// <summary>The ranges of all options: what lies outside would train, and mean nothing.</summary>
internal static class TrainingRanges
{
    // The feed 'blend' averages over 16 x 16 pixels and enlarges by 16.
    private const int LogBlur = 4;

    public static void Require(TrainingOptions options)
    {
        AugmentationOptions augmentation = options.Augmentation;
        Counts(options);
        Sides(options);
        Within(0, 1,
            (nameof(options.SettleMapShare), options.SettleMapShare),
            (nameof(options.WholeShare), options.WholeShare),
            (nameof(options.RevealShare), options.RevealShare),
            (nameof(options.SettleRevealShare), options.SettleRevealShare),
            (nameof(options.SettleWithheldShare), options.SettleWithheldShare),
            (nameof(options.LungShare), options.LungShare),
            (nameof(options.SingleSourceWeight), options.SingleSourceWeight),
            (nameof(options.GroupBalance), options.GroupBalance),
            (nameof(options.TeacherWeight), options.TeacherWeight),
            (nameof(options.LabelSmoothing), options.LabelSmoothing),
            (nameof(augmentation.Shift), augmentation.Shift),
            (nameof(augmentation.AspectExchange), augmentation.AspectExchange),
            (nameof(augmentation.FramingExchange), augmentation.FramingExchange),
            (nameof(augmentation.TransplantShare), augmentation.TransplantShare),
            (nameof(augmentation.DetailShare), augmentation.DetailShare),
            (nameof(augmentation.StyleShare), augmentation.StyleShare),
            (nameof(augmentation.MixupShare), augmentation.MixupShare));

        // A scale of 1 may leave nothing of an image, an average with a decay of 1 never leaves its start.
        Within(0, 0.99, (nameof(augmentation.Scale), augmentation.Scale));
        Within(0, 0.999999, (nameof(options.AverageDecay), options.AverageDecay));
        Within(0, 180, (nameof(augmentation.Angle), augmentation.Angle));
        Within(0, double.MaxValue,
            (nameof(options.WeightDecay), options.WeightDecay),
            (nameof(options.InsertionWeight), options.InsertionWeight),
            (nameof(options.AreaWeight), options.AreaWeight),
            (nameof(options.VariationWeight), options.VariationWeight),
            (nameof(options.OutsideLungWeight), options.OutsideLungWeight),
            (nameof(options.ComplementWeight), options.ComplementWeight),
            (nameof(options.LesionWeight), options.LesionWeight),
            (nameof(options.KeepMapWeight), options.KeepMapWeight),
            (nameof(augmentation.Aspect), augmentation.Aspect),
            (nameof(augmentation.LogGamma), augmentation.LogGamma),
            (nameof(augmentation.LocalContrast), augmentation.LocalContrast),
            (nameof(augmentation.Blur), augmentation.Blur),
            (nameof(augmentation.Noise), augmentation.Noise));
        Above0(nameof(options.PeakLearningRate), options.PeakLearningRate);
        Above0(nameof(options.GradientClip), options.GradientClip);
    }

    private static void Counts(TrainingOptions options)
    {
        AtLeast(1, (nameof(options.BatchSize), options.BatchSize), (nameof(options.Threads), options.Threads));
        AtLeast(0,
            (nameof(options.EncoderEpochs), options.EncoderEpochs),
            (nameof(options.MapEpochs), options.MapEpochs),
            (nameof(options.SettleEpochs), options.SettleEpochs),
            (nameof(options.Patience), options.Patience),
            (nameof(options.WarmupSteps), options.WarmupSteps),
            (nameof(options.Phantoms), options.Phantoms),
            (nameof(options.StartEpochs), options.StartEpochs),
            (nameof(options.MapStartEpochs), options.MapStartEpochs));
    }

    private static void Sides(TrainingOptions options)
    {
        // No image has 2^24 pixels a side: more levels than that need no larger number.
        int deepest = options.Network.MapStride << Math.Clamp(options.Network.MapWidths.Count - 1, 0, 24);
        if (options.Network is { Family: "cxrnet", Feed: "blend" })
        {
            deepest <<= Math.Max(0, LogBlur - BitOperations.TrailingZeroCount(deepest));
        }

        Side(nameof(options.Side), options.Side, deepest);
        if (options.StartSide == 0)
        {
            return;
        }

        Side(nameof(options.StartSide), options.StartSide, deepest);
        if (options.StartSide > options.Side)
        {
            throw Wrong(nameof(options.StartSide), options.StartSide, $"at most {nameof(options.Side)}, {options.Side},");
        }
    }

    private static void Side(string name, int side, int deepest)
    {
        if (side <= 0 || side % deepest != 0)
        {
            throw new ArgumentException($"{name} is {side} pixels; a multiple of {deepest} is expected, since the network halves them that often, or blurs them that widely.");
        }
    }

    private static void AtLeast(int least, params ReadOnlySpan<(string Name, int Value)> counts)
    {
        foreach ((string name, int value) in counts)
        {
            if (value < least)
            {
                throw Wrong(name, value, $"{least} or more");
            }
        }
    }

    private static void Within(double low, double high, params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        foreach ((string name, double value) in numbers)
        {
            // Written so that NaN fails too.
            if (!(value >= low && value <= high))
            {
                throw Wrong(name, value, high == double.MaxValue ? $"{low} or more" : FormattableString.Invariant($"{low} to {high}"));
            }
        }
    }

    private static void Above0(string name, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw Wrong(name, value, "a number above 0");
        }
    }

    private static ArgumentException Wrong(string name, double value, string expected) =>
        new(FormattableString.Invariant($"{name} is {value}; {expected} is expected."));
}

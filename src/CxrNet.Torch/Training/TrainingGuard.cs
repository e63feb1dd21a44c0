namespace CxrNet.Torch.Training;

/// <summary>What every trainer asks of its arguments.</summary>
internal static class TrainingGuard
{
    public static void Require(TrainingSet train, TrainingSet validation, TrainingOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        RequireOptions(options);
        if (train.Side != options.Side || validation.Side != options.Side)
        {
            throw new ArgumentException($"The images have {train.Side} and {validation.Side} pixels a side, the options {options.Side}.", nameof(options));
        }

        if (validation.Count == 0)
        {
            throw new ArgumentException("There is no validation image: nothing to choose the best epoch on.", nameof(validation));
        }

        if (train.Count < options.BatchSize)
        {
            throw new ArgumentException($"{train.Count} images are less than one batch of {options.BatchSize}.", nameof(train));
        }

        TrainingRun.RequireSame(folder, train, validation, options);
    }

    /// <summary>What can be said of options without an image.</summary>
    public static void RequireOptions(TrainingOptions options)
    {
        TrainingRanges.Require(options);
        if (options is { EncoderEpochs: 0, MapEpochs: 0, SettleEpochs: 0 })
        {
            throw new ArgumentException("No phase has an epoch: there is nothing to train.", nameof(options));
        }

        if (options.InsertionShare is not (> 0 and <= 1))
        {
            throw new ArgumentException($"{options.InsertionShare} of each batch for the insertion curve; a share above 0 and of at most 1 is expected.", nameof(options));
        }

        ArgumentNullException.ThrowIfNull(options.Teachers);
        if (options.Teachers.Count > 0 && options.Preset == TrainingPreset.Paper)
        {
            throw new ArgumentException("The preset Paper has no phase that teachers are asked in; use Faithful.", nameof(options));
        }

        if (options.Teachers.Count > 0 && options.SingleSourceWeight < 1)
        {
            throw new ArgumentException($"Teachers say 'healthy or not' of every image, which a single-source weight of {options.SingleSourceWeight} is to keep from being learnt: use one of the two.", nameof(options));
        }
    }
}

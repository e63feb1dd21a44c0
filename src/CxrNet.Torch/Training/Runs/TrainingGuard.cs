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

        RequireHandling(train, options, nameof(train));
        RequireHandling(validation, options, nameof(validation));
        if (validation.Count == 0)
        {
            throw new ArgumentException("There is no validation image: nothing to choose the best epoch on.", nameof(validation));
        }

        RequireClasses(train.Classes, options);
        RequireBatch(train.Count, options);
        if (options.Augmentation.FramingExchange > 0 && train.Boxes.Length == 0)
        {
            throw new ArgumentException("The framing of images is exchanged by their lungs, and those of no image are known: give lung masks, or a segmenter that finds them.", nameof(options));
        }

        if (options.LesionWeight > 0 && train.Lesions.Count == 0)
        {
            throw new ArgumentException("The map is to mark the lesions, and those of no image are known: give a manifest with lesion masks, or drawn chests (Phantoms).", nameof(options));
        }

        TrainingRun.RequireSame(folder, train, validation, options);
    }

    /// <summary>What can be said of a run before its images are decoded.</summary>
    public static void RequireRun(IReadOnlyList<string> classes, int images, TrainingOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        RequireOptions(options);
        RequireClasses(classes, options);
        RequireBatch(images, options);
        TrainingSet.RequireRoom(images, options.Side);
        if (options.Phantoms > 0)
        {
            PhantomSet.ClassesOf(classes);
        }

        RunLock.RequireFree(folder);
        TrainingRun.RequireSame(folder, classes, options);
    }

    /// <summary>What can be said of options without an image.</summary>
    public static void RequireOptions(TrainingOptions options)
    {
        NetworkGuard.Require(options);
        TrainingRanges.Require(options);
        RequireEpochs(options);
        if (options is { Preset: TrainingPreset.Faithful, Network.Feed: "map" })
        {
            throw new ArgumentException("The preset Faithful teaches E2 on masked images; the feed 'map' shows it no image. Use the preset Paper, or the feed 'product' or 'blend'.", nameof(options));
        }

        if (options.InsertionShare is not (> 0 and <= 1))
        {
            throw new ArgumentException($"{options.InsertionShare} of each batch for the insertion curve; a share above 0 and of at most 1 is expected.", nameof(options));
        }

        if (options is { InitialMap: { } map, Network.Feed: "image" })
        {
            throw new ArgumentException($"'{map}' is to give the map of a network that has none: its feed is 'image'.", nameof(options));
        }

        if (options is { KeepMapWeight: > 0, InitialWeights: null, InitialMap: null })
        {
            throw KeptMap.Nothing();
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

        WeightPrints.RequireFiles(options);
    }

    // Of the phases that this training has: an epoch of the map is none of the preset Paper, of a network without a map, or of a lung segmenter.
    private static void RequireEpochs(TrainingOptions options)
    {
        bool hasMapPhases = options is { Preset: TrainingPreset.Faithful, Network: { Family: "cxrnet", Feed: not "image" } };
        if (options.EncoderEpochs > 0)
        {
            return;
        }

        if (!hasMapPhases || options is { MapEpochs: 0, SettleEpochs: 0 })
        {
            throw new ArgumentException("No phase has an epoch: there is nothing to train.", nameof(options));
        }

        if (options.InitialWeights is null)
        {
            throw new ArgumentException("The classifier has neither epochs nor weights to start from: a map would be learnt through one that knows nothing. Give InitialWeights (--init), or EncoderEpochs (--epochs).", nameof(options));
        }
    }

    // The card tells every user of the model to do what the options say.
    private static void RequireHandling(TrainingSet set, TrainingOptions options, string name)
    {
        if (set.Handling is { } done && done != options.Lungs)
        {
            throw new ArgumentException($"The images were loaded with LungHandling.{done}, the options say LungHandling.{options.Lungs}: the model would be shown something else in use than what it learnt from.", name);
        }
    }

    private static void RequireClasses(IReadOnlyList<string> classes, TrainingOptions options)
    {
        if (options.Network.Family == "cxrnet" && classes.Count < 2)
        {
            throw new ArgumentException($"{(classes.Count == 0 ? "No class" : $"One class ('{classes[0]}')")}; two at least are expected: one alone cannot be told from anything.", nameof(classes));
        }

        if (classes.GroupBy(static name => name).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The class '{twice.Key}' is named {twice.Count()} times ({string.Join(", ", classes)}): the network would have an output that no image teaches.", nameof(classes));
        }

        if (options.SingleSourceWeight < 1 && classes.Count > 0)
        {
            HealthWeights.IndexOfHealthy(classes, options);
        }
    }

    private static void RequireBatch(int images, TrainingOptions options)
    {
        if (images < options.BatchSize)
        {
            throw new ArgumentException($"{images} images are less than one batch of {options.BatchSize}.", nameof(images));
        }
    }
}

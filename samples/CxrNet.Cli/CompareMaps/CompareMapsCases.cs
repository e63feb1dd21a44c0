using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The images of compare-maps: files of a manifest, or phantoms.</summary>
internal sealed class CompareMapsCases(CompareMapsRequest request, ICxrClassifier classifier, ILungSegmenter? segmenter, Messages messages)
{
    private readonly PhantomClass[] _classes = Enum.GetValues<PhantomClass>();

    /// <summary>How many there will be, if every file can be read.</summary>
    public int Count => request.Phantoms ?? Entries.Count;

    private IReadOnlyList<ManifestEntry> Entries => field ??= Choose(All);

    private List<ManifestEntry> All => field ??= Once(ImageManifest.Read(request.Manifest!, request.Split));

    /// <summary>What each image is.</summary>
    public IReadOnlyList<string> Labels => field ??= request.Phantoms is { } count
        ? [.. Enumerable.Range(0, count).Select(i => _classes[i % _classes.Length].FindingName())]
        : [.. Entries.Select(e => e.Label)];

    /// <summary>Refuses what would fail on every image, before anything is done for it.</summary>
    /// <exception cref="ArgumentException">The card has no trained finding of the target's name; or none for a label, where labels are explained.</exception>
    /// <exception cref="CxrModelException">The card asks for lungs, and no image has any.</exception>
    /// <exception cref="InvalidDataException">The manifest cannot be read.</exception>
    public void Require()
    {
        RequireLungs();
        string target = request.Target ?? (request.Phantoms is null ? "top" : "label");
        IEnumerable<string> findings = target switch
        {
            "top" => [],
            "label" => Labels.Distinct(),
            _ => [target],
        };
        foreach (string finding in findings)
        {
            TargetFinding.IndexOf(classifier.Card, finding);
        }
    }

    /// <summary>One of them; null where its file cannot be read, or its lungs or top finding cannot be told, which is said.</summary>
    public MapCase? At(int index, CancellationToken cancellationToken) => At(index, [], cancellationToken);

    /// <inheritdoc cref="At(int, CancellationToken)"/>
    /// <param name="index">Which one.</param>
    /// <param name="warnings">Gets what is not as the manifest has it.</param>
    /// <param name="cancellationToken">Stops the models.</param>
    public MapCase? At(int index, ICollection<string> warnings, CancellationToken cancellationToken)
    {
        try
        {
            return request.Phantoms is null ? OfFile(Entries[index], warnings, cancellationToken) : OfPhantom(index, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with one image, the others are compared.
            messages.Error(request.Phantoms is null ? $"'{Entries[index].File}': {OneLine.Of(e, Entries[index].File)}" : $"'{PhantomName(index)}': {OneLine.Of(e)}");
            return null;
        }
    }

    private void RequireLungs()
    {
        LungHandling lungs = classifier.Card.Input.Lungs;
        if (request.Phantoms is not null)
        {
            if (lungs == LungHandling.Crop)
            {
                throw new NotSupportedException($"'{classifier.Card.Id}' sees cropped lungs; phantoms are compared for models that see the whole image.");
            }
        }
        else if (Entries.All(e => e.LungMask is null) && lungs != LungHandling.None && segmenter is null)
        {
            throw SeenImage.NoLungs(classifier.Card);
        }
    }

    // Figures are told apart by the image: a second row of one would count it twice.
    private List<ManifestEntry> Once(IReadOnlyList<ManifestEntry> entries)
    {
        Dictionary<string, ManifestEntry> rows = new(StringComparer.Ordinal);
        foreach (ManifestEntry entry in entries)
        {
            if (!rows.TryAdd(Path.GetFullPath(entry.File), entry))
            {
                messages.Warning($"'{entry.File}' is in more than one row of {request.Manifest}; the first counts.");
            }
        }

        return [.. rows.Values];
    }

    // Label after label in turn, so that a limit keeps every class; within a label in the manifest's order.
    private List<ManifestEntry> Choose(IReadOnlyList<ManifestEntry> entries)
    {
        Queue<ManifestEntry>[] labels = [.. entries.GroupBy(e => e.Label).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Queue<ManifestEntry>(g))];
        List<ManifestEntry> chosen = [];
        while (chosen.Count < request.Limit && labels.Any(l => l.Count > 0))
        {
            chosen.AddRange(labels.Where(l => l.Count > 0).Take(request.Limit - chosen.Count).Select(l => l.Dequeue()));
        }

        return chosen;
    }

    private MapCase? OfFile(ManifestEntry entry, ICollection<string> warnings, CancellationToken cancellationToken)
    {
        LoadedImage loaded = LoadedImage.Read(entry.File);
        if (loaded.Image is null)
        {
            messages.Error($"'{entry.File}': {loaded.Error}");
            return null;
        }

        // The manifest's mask first: it was drawn or checked by people.
        LungMask? lungs = MaskOf(entry.LungMask, "lung", loaded.Image, segmenter is null ? "and there is no segmenter in its place" : "the segmenter's is in its place", warnings)
            ?? segmenter?.Segment(loaded.Image, cancellationToken);
        LungMask? lesion = MaskOf(entry.LesionMask, "lesion", loaded.Image, "its image has no figures of a lesion", warnings);
        SeenImage seen = SeenImage.Of(loaded.Image, lungs, classifier.Card);
        return new MapCase(seen.Image, FindingOf(seen.Image, entry.Label, "top", cancellationToken))
        {
            Label = entry.Label,
            Name = NameOf(entry.File),
            Lungs = seen.Lungs is { } mask ? BinaryMask.From(mask) : null,
            Lesion = lesion is null ? null : BinaryMask.From(seen.OfWholeImage(lesion)),
            Patient = entry.PatientGroup,
        };
    }

    private LungMask? MaskOf(string? file, string what, GrayImage image, string instead, ICollection<string> warnings)
    {
        if (file is null)
        {
            return null;
        }

        LoadedImage loaded = LoadedImage.Read(file);
        if (loaded.Image is { } drawn && drawn.Width == image.Width && drawn.Height == image.Height)
        {
            return new LungMask(drawn.Width, drawn.Height, drawn.Pixels.ToArray());
        }

        string reason = loaded.Image is { } other ? $"it is {other.Width} x {other.Height}, its image {image.Width} x {image.Height}" : loaded.Error!;
        string warning = $"the {what} mask '{file}' is not used, {instead}: {reason}";
        warnings.Add(warning);
        messages.Warning(warning);
        return null;
    }

    // Two hospitals may both have a 0001.png. Of all images and not of those chosen: a run that goes on with a higher limit calls an image what the first one did.
    private string NameOf(string file) => All.Count(e => Path.GetFileName(e.File) == Path.GetFileName(file)) > 1
        ? Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(request.Manifest!))!, file)
        : Path.GetFileName(file);

    private MapCase OfPhantom(int index, CancellationToken cancellationToken)
    {
        PhantomOptions options = PhantomAt(index);
        ChestPhantom phantom = ChestPhantom.Create(options);
        SeenImage seen = SeenImage.Of(phantom.Image, phantom.LungMask, classifier.Card);
        string label = options.Class.FindingName();
        return new MapCase(seen.Image, FindingOf(seen.Image, label, "label", cancellationToken))
        {
            Label = label,
            Name = PhantomName(index),
            Lungs = BinaryMask.From(phantom.LungMask),
            Lesion = options.Class == PhantomClass.Normal ? null : new BinaryMask(phantom.Image.Width, phantom.Image.Height, phantom.Lesion.ToArray()),
        };
    }

    private PhantomOptions PhantomAt(int index) => new() { Class = _classes[index % _classes.Length], Seed = (int)request.Seed + (index / _classes.Length) };

    private string PhantomName(int index) => $"phantom {PhantomAt(index).Class.FindingName()} {PhantomAt(index).Seed}";

    private string FindingOf(GrayImage image, string label, string byDefault, CancellationToken cancellationToken) => (request.Target ?? byDefault) switch
    {
        "top" => classifier.Classify(image, cancellationToken).Top.Name,
        "label" => label,
        var named => named,
    };
}

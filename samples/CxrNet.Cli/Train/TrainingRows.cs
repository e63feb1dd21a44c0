using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The rows of the manifests that a training sees: sources left out, remarks taught as other classes, labels dealt out anew. A name that occurs nowhere is an error: it would change nothing without a word.</summary>
internal sealed class TrainingRows
{
    private const int MostNamed = 5;

    private readonly TrainRequest _request;
    private readonly IReadOnlyList<(string Note, string Label)> _taught;

    /// <param name="request">What the user asked for.</param>
    /// <param name="error">Told of patients that are in both splits, and of classes that the choice is not made on.</param>
    /// <exception cref="ArgumentException">The splits are one, a source, remark or class that is named occurs nowhere, a class has no image to learn, or a file is in both splits.</exception>
    /// <exception cref="InvalidDataException">A split has no row, or a row's label is none of the classes.</exception>
    public TrainingRows(TrainRequest request, TextWriter error)
    {
        if (request.TrainSplit == request.ValidationSplit)
        {
            throw new ArgumentException($"--train-split and --val-split are both '{request.TrainSplit}': an epoch cannot be chosen on the images that it learnt.");
        }

        _request = request;
        _taught = [.. request.Teach.Select(Rule)];
        ManifestEntry[] learnt = Read(request.TrainSplit), chosen = Read(request.ValidationSplit);
        RequireNames([.. learnt, .. chosen], learnt);
        Training = Changed(Without(learnt, request.TrainSplit));
        Validation = Without(chosen, request.ValidationSplit);
        if (!request.Lungs)
        {
            RequireClasses(error);
        }

        RequireApart(Training, Validation, error);
    }

    public ManifestEntry[] Training { get; }

    public ManifestEntry[] Validation { get; }

    // A manifest may lack a split that another one has.
    private ManifestEntry[] Read(string split)
    {
        ManifestEntry[] all = [.. _request.Manifests.SelectMany(static manifest => ImageManifest.Read(manifest))];
        ManifestEntry[] rows = [.. all.Where(row => row.Split == split)];
        return rows.Length > 0 ? rows : throw new InvalidDataException($"No row of {Named(_request.Manifests)} is of split '{split}'; there are {Named([.. all.Select(static row => row.Split).Distinct().Order(StringComparer.Ordinal)])}.");
    }

    private ManifestEntry[] Without(ManifestEntry[] rows, string split)
    {
        ManifestEntry[] left = [.. rows.Where(row => (!_request.Lungs || row.LungMask is not null) && !_request.WithoutSources.Contains(row.Source))];
        return left.Length > 0 ? left : throw new InvalidDataException($"None of the {rows.Length} rows of split '{split}' is left{(_request.Lungs ? " that has a mask" : "")}{(_request.WithoutSources.Count > 0 ? $" without the sources {Named(_request.WithoutSources)}" : "")}.");
    }

    private ManifestEntry[] Changed(ManifestEntry[] rows)
    {
        ManifestEntry[] taught = Array.ConvertAll(rows, Taught);
        if (!_request.ShuffleLabels)
        {
            return taught;
        }

        string[] labels = [.. taught.Select(static row => row.Label)];
        new Random(_request.Options.Seed).Shuffle(labels);
        return [.. taught.Select((row, i) => row with { Label = labels[i] })];
    }

    private ManifestEntry Taught(ManifestEntry row)
    {
        foreach ((string note, string label) in _taught)
        {
            if (Notes(row).Contains(note))
            {
                return row with { Label = label };
            }
        }

        return row;
    }

    private static (string Note, string Label) Rule(string rule) => rule.Split('=') is [{ Length: > 0 } note, { Length: > 0 } label]
        ? (note, label)
        : throw new ArgumentException($"--teach '{rule}': NOTE=LABEL expected, for instance covid-without-visible-finding=normal.");

    private void RequireNames(ManifestEntry[] all, ManifestEntry[] learnt)
    {
        Require("--without-source", _request.WithoutSources, [.. all.Select(static row => row.Source)], "sources");
        HashSet<string> notes = [.. learnt.SelectMany(Notes)];
        Require("--teach", [.. _taught.Select(static rule => rule.Note)], notes, "remarks");
        Require("--split-sources-by", _request.Options.SourceNotes, notes, "remarks");
        if (!_request.Lungs)
        {
            Require("--teach", [.. _taught.Select(static rule => rule.Label)], [.. _request.Classes], "classes");
        }
    }

    private static void Require(string option, IEnumerable<string> asked, HashSet<string> known, string what)
    {
        if (asked.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"{option} names '{unknown}'; the {what} that are there: {Named([.. known.Where(static name => name.Length > 0).Order(StringComparer.Ordinal)])}.");
        }
    }

    private void RequireClasses(TextWriter error)
    {
        if (Training.Concat(Validation).FirstOrDefault(row => !_request.Classes.Contains(row.Label)) is { } other)
        {
            throw new InvalidDataException($"'{other.File}' is labelled '{other.Label}'; {string.Join(", ", _request.Classes)} expected: name the classes with --classes.");
        }

        string[] unlearnt = Lacking(Training);
        if (unlearnt.Length > 0)
        {
            throw new ArgumentException($"No image of split '{_request.TrainSplit}' is labelled {Named(unlearnt)}: the network would have an output that nothing teaches. Leave it out of --classes.");
        }

        if (Lacking(Validation) is { Length: > 0 } unchosen)
        {
            error.WriteLine($"warning: no image of split '{_request.ValidationSplit}' is labelled {Named(unchosen)}, so the best epoch is chosen without regard to it.");
        }
    }

    private string[] Lacking(ManifestEntry[] rows) => [.. _request.Classes.Except(rows.Select(static row => row.Label))];

    private static void RequireApart(ManifestEntry[] training, ManifestEntry[] validation, TextWriter error)
    {
        string[] files = [.. training.Select(static row => row.File).Intersect(validation.Select(static row => row.File))];
        if (files.Length > 0)
        {
            throw new ArgumentException($"{files.Length} files are in both splits: {Named(files)}.");
        }

        // Groups of different manifests may have the same name and be different people, so that this is no error.
        string[] patients = [.. training.Select(static row => row.PatientGroup).Where(static name => name.Length > 0).Intersect(validation.Select(static row => row.PatientGroup))];
        if (patients.Length > 0)
        {
            error.WriteLine($"warning: {patients.Length} patients have images in both splits, so the choice is made on people that were learnt: {Named(patients)}.");
        }
    }

    private static string[] Notes(ManifestEntry row) => row.Notes.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static string Named(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}

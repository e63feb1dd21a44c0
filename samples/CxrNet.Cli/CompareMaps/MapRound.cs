using System.Diagnostics;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Which images still want which methods: asked by several threads, each of which holds an image while it works on it.</summary>
/// <remarks>Images come label after label in turn, so the first images of any number hold every class; a method that is too slow for all of them gets the first ones.</remarks>
internal sealed class MapRound(IReadOnlyList<string> methods, IReadOnlyList<string> labels, double seconds, ComparisonFolder folder)
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ComparedImage?[] _known = [.. Enumerable.Range(0, labels.Count).Select(folder.Read)];
    private readonly HashSet<int> _held = [];
    private readonly HashSet<int> _unreadable = [];
    private readonly HashSet<(int Index, string Method)> _failed = [];
    private readonly Dictionary<string, string> _dropped = [];
    private int _next;

    /// <summary>Threads that share the time.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Images of each label that the page's grid shows.</summary>
    public int Pictures { get; init; }

    /// <summary>Methods that do not go with this model, and why.</summary>
    public IReadOnlyDictionary<string, string> Dropped
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, string>(_dropped);
            }
        }
    }

    /// <summary>Images that could not be read, and of which nothing is known from before.</summary>
    public int Unreadable => _unreadable.Count(i => !IsKnown(i));

    /// <summary>Whether something went wrong in this run, be it only a picture.</summary>
    public bool HasFailed => _unreadable.Count + _failed.Count > 0;

    /// <summary>What is known of every image, in order; of those that nothing is known of there is none.</summary>
    public IReadOnlyList<(int Index, ComparedImage Image)> Known => [.. _known.Select((image, i) => (i, image)).Where(p => IsKnown(p.i)).Select(p => (p.i, p.image!))];

    /// <summary>The images that the page's grid shows: of each label the first ones that can be read.</summary>
    public IReadOnlySet<int> Pictured
    {
        get
        {
            HashSet<int> pictured = [];
            Dictionary<string, int> shown = new(StringComparer.Ordinal);
            for (int i = 0; i < labels.Count; i++)
            {
                int before = shown.GetValueOrDefault(labels[i]);
                if (before < Pictures && (!_unreadable.Contains(i) || folder.HasPicture(i, MapPictures.Image)))
                {
                    shown[labels[i]] = before + 1;
                    pictured.Add(i);
                }
            }

            return pictured;
        }
    }

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _clock.Elapsed.TotalSeconds >= seconds;

    /// <summary>The next image and what it wants; null where nothing is left, or the time is over.</summary>
    public MapTask? Take()
    {
        lock (_lock)
        {
            if (IsOver)
            {
                return null;
            }

            int[] wanted = Wanted();
            IReadOnlySet<int> pictured = Pictured;

            // Twice around: what became affordable on the way is made up for.
            for (int step = 0; step < labels.Count; step++)
            {
                int index = (_next + step) % labels.Count;
                if (_held.Contains(index) || _unreadable.Contains(index))
                {
                    continue;
                }

                string[] missing = [.. methods.Where((m, i) => index < wanted[i] && IsMissing(index, m))];
                string[] pictures = pictured.Contains(index) ? [.. methods.Where(m => LacksPicture(index, m))] : [];
                if (missing.Length + pictures.Length > 0)
                {
                    _held.Add(index);
                    _next = (index + 1) % labels.Count;
                    return new MapTask(index, missing, pictures, pictured.Contains(index));
                }
            }

            return null;
        }
    }

    /// <summary>Tells of an image that is held what it is, and what was warned of when it was read.</summary>
    public void Begin(int index, MapCase mapCase, IEnumerable<string> warnings)
    {
        lock (_lock)
        {
            ComparedImage image = _known[index] ??= new ComparedImage(mapCase.Name, mapCase.Label, mapCase.Finding, mapCase.Patient);
            image.Warnings = [.. image.Warnings.Union(warnings, StringComparer.Ordinal)];
        }
    }

    /// <summary>Keeps one method's result of an image that is held.</summary>
    public void Add(int index, string method, ComparedMap map)
    {
        lock (_lock)
        {
            _known[index]!.Maps[method] = map;
            _known[index]!.Failures.Remove(method);
        }
    }

    /// <summary>Keeps that a method failed on an image that is held: the others, and other images, go on.</summary>
    public void Fail(int index, string method, ComparedFailure failure)
    {
        lock (_lock)
        {
            _failed.Add((index, method));
            if (!_known[index]!.Maps.ContainsKey(method))
            {
                _known[index]!.Failures[method] = failure;
            }
        }
    }

    /// <summary>A method that this model cannot have.</summary>
    public void Drop(string method, string reason)
    {
        lock (_lock)
        {
            _dropped[method] = reason;
        }
    }

    /// <summary>Gives an image back, and writes down what is known of it.</summary>
    public void Release(int index, bool unreadable = false)
    {
        lock (_lock)
        {
            _held.Remove(index);
            if (unreadable)
            {
                _unreadable.Add(index);
            }

            if (IsKnown(index))
            {
                folder.Write(index, _known[index]!);
            }
        }
    }

    /// <summary>Maps that are there, maps that there will be, and how long the rest takes.</summary>
    public (int Done, int Total, TimeSpan Left) Progress()
    {
        lock (_lock)
        {
            int[] wanted = Wanted();
            int done = 0, total = 0;
            double left = 0;
            for (int m = 0; m < methods.Count; m++)
            {
                int have = Enumerable.Range(0, labels.Count).Count(i => !IsMissing(i, methods[m]));
                done += have;
                total += Math.Max(have, wanted[m]);
                left += Math.Max(0, wanted[m] - have) * CostOf(methods[m]);
            }

            return (done, total, TimeSpan.FromSeconds(Math.Max(0, Math.Min(left / Threads, seconds - _clock.Elapsed.TotalSeconds))));
        }
    }

    private bool IsKnown(int index) => _known[index] is { } image && image.Maps.Count + image.Failures.Count > 0;

    private bool IsMissing(int index, string method) => CanBeMade(index, method) && _known[index]?.Maps.ContainsKey(method) != true;

    private bool LacksPicture(int index, string method) =>
        CanBeMade(index, method) && _known[index]?.Maps.ContainsKey(method) == true && !(folder.HasPicture(index, method) && folder.HasPicture(index, MapPictures.Image));

    private bool CanBeMade(int index, string method) => !_dropped.ContainsKey(method) && !_failed.Contains((index, method));

    // Of the time that is left and what was spent before, so that a comparison which goes on shares out all of it.
    private int[] Wanted()
    {
        double spent = methods.Sum(m => SecondsOf(m).Sum());
        double[] costs = [.. methods.Select(CostOf)];
        return MapBudget.Images(costs, labels.Count, spent + (Threads * Math.Max(0, seconds - _clock.Elapsed.TotalSeconds)));
    }

    private double CostOf(string method) => _dropped.ContainsKey(method) ? 0 : SecondsOf(method).DefaultIfEmpty(0).Average();

    private IEnumerable<double> SecondsOf(string method) => _known.OfType<ComparedImage>()
        .Select(k => k.Maps.TryGetValue(method, out ComparedMap? map) ? map.Seconds : k.Failures.TryGetValue(method, out ComparedFailure? failure) ? failure.Seconds : -1)
        .Where(static s => s >= 0);
}

using System.Diagnostics;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Which images still want which methods: asked by several threads, each of which holds an image while it works on it.</summary>
/// <remarks>Images come label after label in turn, so the first images of any number hold every class; a method that is too slow for all of them gets the first ones.</remarks>
internal sealed class MapRound(IReadOnlyList<string> methods, int images, double seconds, ComparisonFolder folder)
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ComparedImage?[] _known = [.. Enumerable.Range(0, images).Select(folder.Read)];
    private readonly HashSet<int> _held = [];
    private readonly HashSet<int> _unreadable = [];
    private readonly Dictionary<string, string> _dropped = [];
    private int _next;

    /// <summary>Threads that share the time.</summary>
    public int Threads { get; init; } = 1;

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

    /// <summary>Images that could not be read.</summary>
    public int Failed => _unreadable.Count;

    /// <summary>What is known of every image, in order; of those that nothing is known of there is none.</summary>
    public IReadOnlyList<(int Index, ComparedImage Image)> Known => [.. _known.Select((image, i) => (i, image)).Where(p => p.image is not null).Select(p => (p.i, p.image!))];

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _clock.Elapsed.TotalSeconds >= seconds;

    /// <summary>The next image and the methods that it wants; null where nothing is left, or the time is over.</summary>
    public (int Index, IReadOnlyList<string> Methods)? Take()
    {
        lock (_lock)
        {
            if (IsOver)
            {
                return null;
            }

            int[] wanted = Wanted();

            // Twice around: what became affordable on the way is made up for.
            for (int step = 0; step < images; step++)
            {
                int index = (_next + step) % images;
                string[] missing = _held.Contains(index) || _unreadable.Contains(index) ? [] : [.. methods.Where((m, i) => index < wanted[i] && IsMissing(index, m))];
                if (missing.Length > 0)
                {
                    _held.Add(index);
                    _next = (index + 1) % images;
                    return (index, missing);
                }
            }

            return null;
        }
    }

    /// <summary>Keeps one method's result of an image that is held.</summary>
    public void Add(int index, MapCase mapCase, string method, ComparedMap map)
    {
        lock (_lock)
        {
            ComparedImage image = _known[index] ??= new ComparedImage(mapCase.Name, mapCase.Label, mapCase.Finding, mapCase.Patient);
            image.Maps[method] = map;
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

            if (_known[index] is { } image)
            {
                folder.Write(index, image);
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
                int have = Enumerable.Range(0, images).Count(i => !IsMissing(i, methods[m]));
                done += have;
                total += Math.Max(have, wanted[m]);
                left += Math.Max(0, wanted[m] - have) * CostOf(methods[m]);
            }

            return (done, total, TimeSpan.FromSeconds(Math.Max(0, Math.Min(left / Threads, seconds - _clock.Elapsed.TotalSeconds))));
        }
    }

    private bool IsMissing(int index, string method) => !_dropped.ContainsKey(method) && _known[index]?.Maps.ContainsKey(method) != true;

    // Of the time that is left and what was spent before, so that a comparison which goes on shares out all of it.
    private int[] Wanted()
    {
        double spent = _known.Sum(image => image?.Maps.Values.Sum(m => m.Seconds) ?? 0);
        double[] costs = [.. methods.Select(CostOf)];
        return MapBudget.Images(costs, images, spent + (Threads * Math.Max(0, seconds - _clock.Elapsed.TotalSeconds)));
    }

    private double CostOf(string method)
    {
        double[] seconds = _dropped.ContainsKey(method) ? [] : [.. _known.Where(k => k?.Maps.ContainsKey(method) == true).Select(k => k!.Maps[method].Seconds)];
        return seconds.Length == 0 ? 0 : seconds.Average();
    }
}

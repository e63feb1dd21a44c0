using System.Diagnostics;
using System.Runtime.ExceptionServices;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Explains every image with every method and judges each map, several images at a time; a run that was stopped, or whose time was over, goes on where it was.</summary>
internal sealed class CompareMapsJob(CompareMapsRequest request, TextWriter output, TextWriter error)
{
    /// <summary>Methods in place of those that the request names; null for those. For tests.</summary>
    internal IReadOnlyList<ExplanationMethod>? Methods { get; init; }

    public int Run(CancellationToken cancellationToken)
    {
        Messages messages = new(error);
        List<string> notes = [request.Phantoms is not null ? "Images are drawn chests: nobody's X-rays. Their lesions are known to the pixel." : $"Split '{request.Split}' of {Path.GetFileName(request.Manifest)}."];
        using MapBench first = new(request, messages);
        IReadOnlyList<ExplanationMethod> methods = Methods ?? ExplanationMethods.Parse(request.Methods, first.Context, notes.Add);
        ExplanationMethods.RequireUse(first.Context, methods);
        first.Require();

        // Only what can be done may take old results away, or lay its name on the folder.
        if (request.Phantoms is null)
        {
            IgnoredFolder.Create(request.Folder, "images/", "maps.html", WholeFile.TemporaryOf("maps.html"));
        }

        ComparisonFolder folder = ComparisonFolder.Open(request.Folder, ComparisonSettings.Of(request, first.Card, first.SegmenterCard, first.EvaluatorCard), request.Restart);
        MapRound round = new([.. methods.Select(m => m.Name)], first.Cases.Labels, request.Minutes > 0 ? 60 * request.Minutes : double.PositiveInfinity, folder) { Threads = request.Parallel, Pictures = request.Pictures };
        bool stopped = !Work(first, methods, round, folder, messages, cancellationToken);

        IReadOnlyList<(int Index, ComparedImage Image)> known = round.Known;
        IReadOnlyDictionary<string, string> dropped = round.Dropped;
        List<MapFigures> figures = [.. from method in methods
                                       from image in known
                                       where image.Image.Maps.ContainsKey(method.Name)
                                       let map = image.Image.Maps[method.Name]
                                       select new MapFigures(method.Name, image.Image.Subject, map.Figures, map.Insertion, map.Deletion)];
        if (figures.Count == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidDataException("No image could be explained.");
        }

        // Those of images that an earlier run measured too.
        foreach (string warning in known.SelectMany(static k => k.Image.Warnings))
        {
            messages.Warning(warning);
        }

        notes.AddRange(messages.Warnings);
        notes.AddRange(dropped.Select(d => $"'{d.Key}' is left out: {d.Value}"));
        string[] judged = [.. methods.Select(m => m.Name).Where(m => !dropped.ContainsKey(m) || figures.Any(f => f.Method == m))];
        CompareFailure[] failures = [.. from method in judged
                                        from image in known
                                        where image.Image.Failures.ContainsKey(method)
                                        select new CompareFailure(method, image.Image.Image, image.Image.Failures[method].Reason)];
        new CompareMapsResult(request, first.Card.Id, judged, figures, Pictures(methods, known, round.Pictured, folder), failures, notes, first.Cases.Count, round.Unreadable, stopped).Write(output, messages);
        cancellationToken.ThrowIfCancellationRequested();
        return round.HasFailed || failures.Length > 0 ? 1 : 0;
    }

    /// <summary>False where it was cancelled; what was found until then is kept.</summary>
    private bool Work(MapBench first, IReadOnlyList<ExplanationMethod> methods, MapRound round, ComparisonFolder folder, Messages messages, CancellationToken cancellationToken)
    {
        using ProgressLine progress = new(error, "maps judged", 0);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? failure = null;
        Thread[] threads = [.. Enumerable.Range(1, Math.Max(0, Math.Min(request.Parallel, first.Cases.Count) - 1)).Select(_ => new Thread(() => Guarded(null)))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        Guarded(first);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        failure?.Throw();
        return !cancellationToken.IsCancellationRequested;

        void Guarded(MapBench? bench)
        {
            try
            {
                using MapBench? own = bench is null ? TryMake() : null;
                if ((bench ?? own) is { } mine)
                {
                    OneThread(mine, methods, round, folder, messages, progress, stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The caller's wish, or another thread's failure, which is thrown below.
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
        }

        MapBench? TryMake()
        {
            try
            {
                return new MapBench(request, messages);
            }
            catch (CxrModelException e)
            {
                messages.Remark($"note: a further thread got no engine, the comparison goes on without it: {OneLine.Of(e)}");
                return null;
            }
        }
    }

    private void OneThread(MapBench bench, IReadOnlyList<ExplanationMethod> methods, MapRound round, ComparisonFolder folder, Messages messages, ProgressLine progress, CancellationToken cancellationToken)
    {
        MapJudgeOptions options = new() { Steps = request.Steps, SensitivitySamples = request.Steady ? 3 : 0, Repeat = request.Steady };
        Dictionary<string, ExplanationMethod> byName = methods.ToDictionary(m => m.Name);
        while (round.Take() is { } task)
        {
            bool unreadable = false;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                List<string> warnings = [];
                if (bench.Cases.At(task.Index, warnings, cancellationToken) is not { } mapCase)
                {
                    unreadable = true;
                    continue;
                }

                round.Begin(task.Index, mapCase, warnings);
                if (task.IsPictured)
                {
                    folder.WritePicture(task.Index, MapPictures.Image, MapPictures.Draw(mapCase.Image, null));
                }

                foreach (string name in task.Maps.Concat(task.Pictures).TakeWhile(_ => !round.IsOver).Where(m => !round.Dropped.ContainsKey(m)))
                {
                    Explain(byName[name], task, mapCase);
                    (int done, int total, TimeSpan left) = round.Progress();
                    progress.Report(done, total, left);
                }
            }
            finally
            {
                round.Release(task.Index, unreadable);
            }
        }

        void Explain(ExplanationMethod method, MapTask task, MapCase mapCase)
        {
            if (!IsMade(method))
            {
                return;
            }

            long started = Stopwatch.GetTimestamp();
            ComparedMap? map = null;
            byte[]? picture = null;
            try
            {
                Heatmap heatmap;
                if (task.Pictures.Contains(method.Name))
                {
                    heatmap = bench.Explain(method, mapCase, cancellationToken);
                }
                else
                {
                    map = bench.Judge(method, mapCase, options, out heatmap, cancellationToken);
                }

                picture = task.IsPictured ? MapPictures.Draw(mapCase.Image, heatmap) : null;
            }
            catch (Exception e) when (IsOwn(e))
            {
                // One map: the method's others, and the image's others, are no worse for it.
                messages.Error($"'{method.Name}' on '{mapCase.Name}': {OneLine.Of(e)}");
                round.Fail(task.Index, method.Name, new ComparedFailure(Stopwatch.GetElapsedTime(started).TotalSeconds, OneLine.Of(e)));
                return;
            }

            if (picture is not null)
            {
                folder.WritePicture(task.Index, method.Name, picture);
            }

            if (map is not null)
            {
                round.Add(task.Index, method.Name, map);
            }
        }

        bool IsMade(ExplanationMethod method)
        {
            try
            {
                bench.Make(method, cancellationToken);
                return true;
            }
            catch (Exception e) when (method.IsUnnamed && IsOwn(e))
            {
                round.Drop(method.Name, OneLine.Of(e));
                return false;
            }
        }

        bool IsOwn(Exception e) => e is not OperationCanceledException && !cancellationToken.IsCancellationRequested;
    }

    private static List<MapPicture> Pictures(IReadOnlyList<ExplanationMethod> methods, IReadOnlyList<(int Index, ComparedImage Image)> known, IReadOnlySet<int> pictured, ComparisonFolder folder)
    {
        List<MapPicture> pictures = [];
        foreach ((int index, ComparedImage image) in known.Where(k => pictured.Contains(k.Index)))
        {
            string row = image.Label == image.Finding ? image.Label : $"{image.Label}, explained: {image.Finding}";
            foreach (string column in methods.Select(m => m.Name).Where(image.Maps.ContainsKey).Prepend(MapPictures.Image))
            {
                if (folder.ReadPicture(index, column) is { } png)
                {
                    pictures.Add(new MapPicture($"{index + 1}. {row}", column, png));
                }
            }
        }

        return pictures;
    }
}

using System.Runtime.ExceptionServices;
using CxrNet.Evaluation;

namespace CxrNet.Cli.Commands;

/// <summary>Explains every image with every method and judges each map, several images at a time; a run that was stopped, or whose time was over, goes on where it was.</summary>
internal sealed class CompareMapsJob(CompareMapsRequest request, TextWriter output, TextWriter error)
{
    public int Run(CancellationToken cancellationToken)
    {
        Messages messages = new(error);
        List<string> notes = [request.Phantoms is not null ? "Images are drawn chests: nobody's X-rays. Their lesions are known to the pixel." : $"Split '{request.Split}' of {Path.GetFileName(request.Manifest)}."];
        using MapBench first = new(request, messages);
        IReadOnlyList<ExplanationMethod> methods = ExplanationMethods.Parse(request.Methods, first.Context, notes.Add);
        first.Cases.RequireTarget();

        // Only what can be done may take old results away, or lay its name on the folder.
        if (request.Phantoms is null)
        {
            IgnoredFolder.Create(request.Folder, "images/", "maps.html");
        }

        ComparisonFolder folder = ComparisonFolder.Open(request.Folder, ComparisonSettings.Of(request, first.Card), request.Restart);
        MapRound round = new([.. methods.Select(m => m.Name)], first.Cases.Count, request.Minutes > 0 ? 60 * request.Minutes : double.PositiveInfinity, folder) { Threads = request.Parallel };
        bool stopped = !Work(first, methods, round, folder, messages, cancellationToken);

        IReadOnlyList<(int Index, ComparedImage Image)> known = round.Known;
        IReadOnlyDictionary<string, string> dropped = round.Dropped;
        List<MapFigures> figures = [.. from method in methods
                                       where !dropped.ContainsKey(method.Name)
                                       from image in known
                                       where image.Image.Maps.ContainsKey(method.Name)
                                       let map = image.Image.Maps[method.Name]
                                       select new MapFigures(method.Name, image.Image.Subject, map.Figures, map.Insertion, map.Deletion)];
        if (figures.Count == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidDataException("No image could be explained.");
        }

        notes.AddRange(messages.Warnings);
        notes.AddRange(dropped.Select(d => $"'{d.Key}' is left out: {d.Value}"));
        string[] wanted = [.. methods.Select(m => m.Name).Where(m => !dropped.ContainsKey(m))];
        new CompareMapsResult(request, first.Card.Id, wanted, figures, Pictures(methods, known, folder), notes, first.Cases.Count, round.Failed, stopped).Write(output, messages);
        cancellationToken.ThrowIfCancellationRequested();
        return round.Failed > 0 ? 1 : 0;
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
                    OneThread(mine, methods, round, folder, progress, stop.Token);
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

    private void OneThread(MapBench bench, IReadOnlyList<ExplanationMethod> methods, MapRound round, ComparisonFolder folder, ProgressLine progress, CancellationToken cancellationToken)
    {
        MapJudgeOptions options = new() { Steps = request.Steps, SensitivitySamples = request.Steady ? 3 : 0, Repeat = request.Steady };
        Dictionary<string, ExplanationMethod> byName = methods.ToDictionary(m => m.Name);
        while (round.Take() is { } task)
        {
            bool unreadable = false;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (bench.Cases.At(task.Index, cancellationToken) is not { } mapCase)
                {
                    unreadable = true;
                    continue;
                }

                // Of each label the first ones; images come label after label in turn.
                bool picture = bench.Cases.RankInLabel(task.Index) < request.Pictures;
                if (picture)
                {
                    folder.WritePicture(task.Index, "image", MapPictures.Draw(mapCase.Image, null));
                }

                foreach (string name in task.Methods.TakeWhile(_ => !round.IsOver).Where(m => !round.Dropped.ContainsKey(m)))
                {
                    Explain(bench, byName[name], task.Index, mapCase, picture);
                    (int done, int total, TimeSpan left) = round.Progress();
                    progress.Report(done, total, left);
                }
            }
            finally
            {
                round.Release(task.Index, unreadable);
            }
        }

        void Explain(MapBench bench, ExplanationMethod method, int index, MapCase mapCase, bool picture)
        {
            try
            {
                ComparedMap map = bench.Judge(method, mapCase, options, out Heatmap heatmap, cancellationToken);
                if (picture)
                {
                    folder.WritePicture(index, method.Name, MapPictures.Draw(mapCase.Image, heatmap));
                }

                round.Add(index, mapCase, method.Name, map);
            }
            catch (CxrModelException e) when (method.IsFromAll)
            {
                round.Drop(method.Name, OneLine.Of(e));
            }
        }
    }

    private static List<MapPicture> Pictures(IReadOnlyList<ExplanationMethod> methods, IReadOnlyList<(int Index, ComparedImage Image)> known, ComparisonFolder folder)
    {
        List<MapPicture> pictures = [];
        foreach ((int index, ComparedImage image) in known)
        {
            string row = image.Label == image.Finding ? image.Label : $"{image.Label}, explained: {image.Finding}";
            foreach (string column in methods.Select(m => m.Name).Where(image.Maps.ContainsKey).Prepend("image"))
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

using CsCheck;

namespace CxrNet.Core.Tests.Composition.MicroBatching;

/// <summary>Whatever callers do, each who stays gets the answers to its own images.</summary>
public sealed class CallingAtRandom
{
    private static readonly Gen<MicroBatchOptions> Options =
        from batch in Gen.Int[1, 5]
        from delay in Gen.Int[0, 2]
        from concurrent in Gen.Int[1, 3]
        select new MicroBatchOptions { MaxBatch = batch, MaxDelay = TimeSpan.FromMilliseconds(delay), ConcurrentBatches = concurrent };

    // The levels of a caller's images in percent, after how many milliseconds it goes (9 is never), and whether it blocks a thread. Level 90 is refused by the model.
    private static readonly Gen<(int[] Levels, int GoesAfter, bool Blocks)> Caller =
        Gen.Select(Gen.Frequency((12, Gen.Int[10, 80]), (1, Gen.Const(90))).Array[0, 7], Gen.Frequency((4, Gen.Const(9)), (1, Gen.Int[0, 3])), Gen.Bool);

    [Fact]
    public Task EachCallerGetsItsOwn() =>
        Gen.Select(Options, Caller.Array[1, 12]).SampleAsync(async (options, callers) =>
        {
            ScriptedClassifier inner = new(logits: static image => Scripted.Mean(image) is > 0.85f and < 0.95f ? throw new CxrModelException("scripted-1", "refused") : [Scripted.Mean(image), 0])
            {
                Before = static (images, stop) =>
                {
                    if (images % 2 == 0)
                    {
                        stop.WaitHandle.WaitOne(1);
                    }

                    stop.ThrowIfCancellationRequested();
                },
            };
            using (MicroBatchingClassifier batching = inner.WithMicroBatching(options))
            {
                await Task.WhenAll(callers.Select(c => Ask(batching, c.Levels, c.GoesAfter, c.Blocks)));
            }

            Assert.Equal(1, inner.Disposals);
        }, iter: 60, threads: 2);

    private static async Task Ask(MicroBatchingClassifier batching, int[] levels, int goesAfter, bool blocks)
    {
        GrayImage[] images = [.. levels.Select(static l => Scripted.Image(l / 100f, side: 4))];
        using CancellationTokenSource going = new();
        if (goesAfter < 9)
        {
            going.CancelAfter(goesAfter);
        }

        try
        {
            IReadOnlyList<CxrPrediction> answers = blocks
                ? await PuttingCallersTogether.OnAThread(() => batching.Classify(images, going.Token))
                : await batching.ClassifyAsync(images, going.Token);
            Assert.Equal(images.Select(Scripted.Mean), answers.Select(static a => a.Logits[0]));
            Assert.DoesNotContain(90, levels);
        }
        catch (OperationCanceledException)
        {
            Assert.True(going.IsCancellationRequested);
        }
        catch (CxrModelException)
        {
            Assert.Contains(90, levels);
        }
    }
}

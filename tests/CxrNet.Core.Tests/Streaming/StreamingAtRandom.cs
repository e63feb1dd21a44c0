using CsCheck;
using CxrNet.Core.Tests.Composition;

namespace CxrNet.Core.Tests.Streaming;

/// <summary>Whatever the delays, the failures and the limits: each source gets its own answer, in order, and nothing is left running.</summary>
public sealed class StreamingAtRandom
{
    private static readonly Gen<StreamingOptions> Options =
        from batch in Gen.Int[1, 6]
        from concurrent in Gen.Int[1, 3]
        from decoders in Gen.Int[1, 4]
        from inFlight in Gen.Int[1, 12]
        from bytes in Gen.Long[1, 200]
        from keep in Gen.Bool
        select new StreamingOptions { MaxBatch = batch, ConcurrentBatches = concurrent, Decoders = decoders, MaxInFlight = inFlight, MaxBytesInFlight = bytes, KeepImages = keep };

    // 0 cannot be read, 255 is refused by the model; the level also says how long a file takes.
    private static readonly Gen<byte[]> Files = Gen.Frequency((8, Gen.Byte[1, 254]), (1, Gen.Const((byte)0)), (1, Gen.Const(Streams.Refused))).Array[0, 40];

    [Fact]
    public Task EverySourceIsAnsweredInOrder() =>
        Gen.Select(Files, Options).SampleAsync(async (files, options) =>
        {
            World world = new(files);
            List<StreamResult<CxrPrediction>> results = await world.Stream(options, CancellationToken.None).ToListAsync();
            world.AssertAnswers(results, options);
            Assert.Equal(files.Length, results.Count);
            world.AssertAtRest(options);
        }, iter: 60, threads: 2);

    [Fact]
    public Task WhereverItIsLeftNothingGoesOn() =>
        Gen.Select(Files, Options, Gen.Int[0, 40]).SampleAsync(async (files, options, take) =>
        {
            World world = new(files);
            List<StreamResult<CxrPrediction>> results = [];
            await foreach (StreamResult<CxrPrediction> result in world.Stream(options, CancellationToken.None))
            {
                results.Add(result);
                if (results.Count > take)
                {
                    break;
                }
            }

            world.AssertAnswers(results, options);
            world.AssertAtRest(options);
        }, iter: 60, threads: 2);

    [Fact]
    public Task WheneverItIsCancelledNothingGoesOn() =>
        Gen.Select(Files, Options, Gen.Int[0, 60]).SampleAsync(async (files, options, after) =>
        {
            World world = new(files);
            using CancellationTokenSource source = new();
            world.CancelAfter(after, source);
            List<StreamResult<CxrPrediction>> results = [];
            try
            {
                await foreach (StreamResult<CxrPrediction> result in world.Stream(options, source.Token))
                {
                    results.Add(result);
                }

                Assert.Equal(files.Length, results.Count);
            }
            catch (OperationCanceledException e)
            {
                Assert.True(source.IsCancellationRequested);
                Assert.Equal(source.Token, e.CancellationToken);
            }

            world.AssertAnswers(results, options);
            world.AssertAtRest(options);
        }, iter: 60, threads: 2);

    private sealed class World
    {
        private readonly byte[] _levels;
        private readonly CountedSource _source;
        private readonly CountedDecoder _decoder;
        private readonly ScriptedClassifier _classifier;
        private int _scoring;
        private int _steps;
        private int _cancelAt = int.MaxValue;
        private CancellationTokenSource? _cancel;

        public World(byte[] levels)
        {
            _levels = levels;
            _source = new CountedSource([.. levels.Select((level, i) => level == 0 ? RadiographSource.FromBytes(Streams.Broken, Name(i)) : RadiographSource.FromBytes(Streams.File(level), Name(i)))], (_, _) => StepAsync());
            _decoder = new CountedDecoder(data => Step(data.Span[^1] % 3));
            _classifier = Streams.Classifier((images, stop) =>
            {
                Interlocked.Increment(ref _scoring);
                try
                {
                    Step(images % 2);
                    stop.ThrowIfCancellationRequested();
                }
                finally
                {
                    Interlocked.Decrement(ref _scoring);
                }
            });
        }

        public void CancelAfter(int steps, CancellationTokenSource source) => (_cancelAt, _cancel) = (steps, source);

        public IAsyncEnumerable<StreamResult<CxrPrediction>> Stream(StreamingOptions options, CancellationToken cancellationToken) =>
            _classifier.ClassifyAsync(_source, _decoder, options, cancellationToken);

        public void AssertAnswers(List<StreamResult<CxrPrediction>> results, StreamingOptions options)
        {
            for (int i = 0; i < results.Count; i++)
            {
                StreamResult<CxrPrediction> result = results[i];
                Assert.Equal((i, Name(i)), (result.Index, result.Source));
                if (_levels[i] is 0 or Streams.Refused)
                {
                    Assert.Null(result.Value);
                    Assert.IsType(_levels[i] == 0 ? typeof(InvalidDataException) : typeof(CxrModelException), result.Error);
                    Assert.StartsWith($"'{Name(i)}': ", result.Error.Message, StringComparison.Ordinal);
                }
                else
                {
                    Assert.Equal(Streams.LogitOf(_levels[i]), result.Require().Logits[0]);
                }

                Assert.Equal(options.KeepImages && _levels[i] > 0, result.Image is not null);
            }
        }

        public void AssertAtRest(StreamingOptions options)
        {
            Assert.Equal((0, 0, 0), (_source.Open, _decoder.Running, Volatile.Read(ref _scoring)));
            Assert.InRange(_decoder.Most, 0, options.Decoders);
            int steps = Volatile.Read(ref _steps);
            Thread.Sleep(1);
            Assert.Equal(steps, Volatile.Read(ref _steps));
        }

        private static string Name(int index) => $"file {index}.";

        private async Task StepAsync()
        {
            Step(0);
            await Task.Yield();
        }

        private void Step(int milliseconds)
        {
            if (Interlocked.Increment(ref _steps) > _cancelAt)
            {
                _cancel!.Cancel();
            }

            if (milliseconds > 0)
            {
                Thread.Sleep(milliseconds);
            }
        }
    }
}

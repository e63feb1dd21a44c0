using System.Diagnostics;

namespace CxrNet;

/// <summary>One caller's images on their way through batches. Its fields are guarded by the gate of the queue.</summary>
internal sealed class MicroBatchCall(GrayImage[] images)
{
    private readonly TaskCompletionSource<IReadOnlyList<CxrPrediction>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CxrPrediction[] _predictions = new CxrPrediction[images.Length];
    private int _answered;

    public GrayImage[] Images => images;

    /// <summary>When it came, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Came { get; } = Stopwatch.GetTimestamp();

    /// <summary>The span that it was asked in.</summary>
    public ActivityContext Span { get; } = StageTelemetry.HasSpans && Activity.Current is { } span ? span.Context : default;

    /// <summary>How many of its images were taken into batches.</summary>
    public int Taken { get; set; }

    /// <summary>The batches that hold images of it and are under way.</summary>
    public List<MicroBatch> Batches { get; } = [];

    public Task<IReadOnlyList<CxrPrediction>> Answer => _answer.Task;

    /// <summary>Whether nobody waits for it any more: answered, failed or abandoned.</summary>
    public bool IsOver => _answer.Task.IsCompleted;

    /// <summary>Predictions of its images, from one of them on.</summary>
    public void Add(int start, IEnumerable<CxrPrediction> predictions)
    {
        foreach (CxrPrediction prediction in predictions)
        {
            _predictions[start++] = prediction;
            _answered++;
        }

        if (_answered == _predictions.Length)
        {
            _answer.TrySetResult(_predictions);
        }
    }

    public void Fail(Exception error) => _answer.TrySetException(error);

    public void Abandon(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}

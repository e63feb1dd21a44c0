using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Explains the same images by the trained network and by what is left of it stage by stage.</summary>
internal sealed class RandomizeJob(CompareMapsRequest request, int stages, string? shuffledLabels, TextWriter output, TextWriter error)
{
    /// <summary>Methods in place of those that the request names; null for those. For tests.</summary>
    internal IReadOnlyList<ExplanationMethod>? Methods { get; init; }

    public int Run(CancellationToken cancellationToken)
    {
        Messages messages = new(error);
        using ForgettingModel model = ForgettingModel.Of(request.Model, request.Seed);
        Directory.CreateDirectory(request.Folder);
        if (shuffledLabels is not null)
        {
            ShuffledLabels.Require(request.Model, shuffledLabels);
        }

        RandomizedMaps maps = new(request, messages, error) { Methods = Methods };
        int all = model.Layers.Count, steps = Math.Min(stages, all);
        RandomizeResult result = new(request, maps.ExplainTrained(cancellationToken), all, maps, messages);
        for (int step = 1; step <= steps; step++)
        {
            int lost = (int)Math.Round((double)step * all / steps);
            messages.Remark($"stage {step} of {steps}: {lost} of {all} layers");
            maps.ExplainStage(model.Without(lost), $"{lost} of {all} layers", cancellationToken);

            // What is known stays, whatever happens to the stages that follow.
            if (maps.Rows.Count > 0)
            {
                result.Write();
            }
        }

        if (shuffledLabels is not null)
        {
            maps.ExplainStage(request.Model with { File = shuffledLabels }, ShuffledLabels.Stage, cancellationToken);
        }

        RandomizationTable table = result.Write();
        result.Show(table, output);
        return maps.Unreadable + maps.Failed > 0 ? 1 : 0;
    }
}

using CxrNet.Evaluation;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>Scores, and whether the map holds the evidence: what E2 still knows from the rest, and from nothing.</summary>
/// <param name="network">The network.</param>
/// <param name="set">The validation images.</param>
/// <param name="hasMap">Whether the map has learnt anything yet.</param>
/// <param name="scoreTheGap">Whether the best epoch is the one whose map holds most of the evidence: macro-F1 and what the strongest pixels alone score, less what the complement still scores and the map's area. Without the area the first epoch can win, whose map still keeps nearly everything.</param>
internal sealed class ClassifierMeter(CxrNetwork network, TrainingSet set, bool hasMap, bool scoreTheGap = false) : ValidationMeter
{
    private readonly List<int> _predicted = [];
    private readonly List<int> _complement = [];
    private readonly List<int> _reference = [];
    private double _insertion;
    private double _area;
    private double _masks;
    private double _energy;
    private double _lung;

    public override void Add(Tensor input, Batch batch)
    {
        Tensor strength = hasMap ? Passes.Alone(() => network.Map.Logits(input)) : ones_like(input);
        Tensor map = hasMap ? strength.sigmoid() : strength;
        AddClasses(_predicted, network.Feed(input, map));
        if (hasMap)
        {
            AddClasses(_complement, network.Feed(input, 1 - map));
        }

        AddClasses(_reference, network.Feed(input, zeros_like(input)));
        _insertion += hasMap ? InsertionOf(input, strength, batch.Labels) : 0;
        _area += map.mean([1, 2, 3]).sum().item<float>();

        // An image without a mask counts as all lung: it says nothing of where the map lies.
        Tensor lung = batch.Lungs.mean([1, 2, 3]);
        Tensor known = (lung < 0.999).to(ScalarType.Float32);
        _masks += known.sum().item<float>();
        _energy += (known * (map * batch.Lungs).sum([1, 2, 3]) / map.sum([1, 2, 3])).sum().item<float>();
        _lung += (known * lung).sum().item<float>();
    }

    public override ValidationFigures Figures()
    {
        ClassificationReport report = ClassificationReport.From(set.Labels, _predicted, set.Classes);
        List<KeyValuePair<string, double>> values =
        [
            new("accuracy", report.Accuracy),
            new("macro_f1", report.MacroF1),
            new("reference_accuracy", Share(_reference)),
        ];
        if (hasMap)
        {
            values.AddRange(
            [
                new("complement_accuracy", Share(_complement)),
                new("insertion", _insertion / set.Count),
                new("map_area", _area / set.Count),
                new("energy_in_lung", _energy / Math.Max(1, _masks)),
                new("lung_area", _lung / Math.Max(1, _masks)),
            ]);
        }

        return new ValidationFigures(scoreTheGap ? report.MacroF1 + ((_insertion - _area) / set.Count) - Share(_complement) : report.MacroF1, values);
    }

    // The label's probability while the strongest 5, 10, 20 and 40 % come back over a blur: a few points of the curve that a judge of maps draws, through the whole network.
    private double InsertionOf(Tensor input, Tensor strength, Tensor labels)
    {
        double sum = 0;
        double[] shares = [0.05, 0.1, 0.2, 0.4];
        foreach (double share in shares)
        {
            Tensor strongest = MapRanks.Strongest(strength, [.. Enumerable.Repeat(share, (int)input.shape[0])]);
            Tensor shown = MapRanks.Reveal(input, strongest);
            sum += Passes.Alone(() => network.forward(shown).Logits).softmax(1).gather(1, labels.unsqueeze(1)).sum().item<float>();
        }

        return sum / shares.Length;
    }

    private void AddClasses(List<int> to, Tensor fed) =>
        to.AddRange(Passes.Alone(() => network.Encoder.forward(fed)).argmax(1).data<long>().ToArray().Select(static c => (int)c));

    private double Share(List<int> predicted) => predicted.Zip(set.Labels).Count(static pair => pair.First == pair.Second) / (double)set.Count;
}

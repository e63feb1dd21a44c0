using static CxrNet.Cli.TrainSwitch;

namespace CxrNet.Cli;

/// <summary>Options of train: what is learnt of an image, and how much each image counts.</summary>
internal static class TrainLabels
{
    public static IEnumerable<TrainSwitch> Create() =>
    [
        Of<double>("--single-source-weight", "0..1", "How much 'healthy or not' counts for images of a source that has only the one or the other.", static (o, v) => o.Options = o.Options with { SingleSourceWeight = v }) with { ReadBy = TrainPhases.Findings },
        Of<double>("--group-balance", "0..1", "Images count by the size of their group, a class at a source, to the power of minus this.", static (o, v) => o.Options = o.Options with { GroupBalance = v }) with { ReadBy = TrainPhases.Findings },
        Of<string[]>("--split-sources-by", "NOTE", "Remarks in the manifest's notes that set images of a source apart when groups are weighed.", static (o, v) => o.Options = o.Options with { SourceNotes = v }) with { ReadBy = TrainPhases.Findings },
        Of<string[]>("--teacher", "FILE", "best.safetensors of earlier runs of the same network, or model.onnx that export wrote of one, whose encoders say what they see in each whole image: the classifier learns from their mean and the labels.", static (o, v) => o.Options = o.Options with { Teachers = v }) with { ReadBy = TrainPhases.Classifier },
        Of<double>("--teacher-weight", "0..1", "How much the teachers count against the labels.", static (o, v) => o.Options = o.Options with { TeacherWeight = v }) with { ReadBy = TrainPhases.Classifier, Missing = static o => o.Options.Teachers.Count == 0 ? "--teacher" : null },
        Of<int>("--phantoms", "N", "Drawn chests to learn beside the real ones.", static (o, v) => o.Options = o.Options with { Phantoms = v }) with { ReadBy = TrainPhases.Findings },
    ];
}

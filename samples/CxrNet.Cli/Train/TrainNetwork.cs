using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;
using static CxrNet.Cli.TrainSwitch;

namespace CxrNet.Cli;

/// <summary>Options of train: which network, from which weights, on which input.</summary>
internal static class TrainNetwork
{
    public static IEnumerable<TrainSwitch> Create() =>
    [
        Word("--preset", "faithful: first the classifier on masked images, then the map through it; paper: everything at once.", ["faithful", "paper"], "faithful", static (o, v) => o.Options = o.Options with { Preset = v == "paper" ? TrainingPreset.Paper : TrainingPreset.Faithful }) with { ReadBy = TrainPhases.Findings },
        Word("--network", "CxrNet-S (E2 is MobileNetV2, which --init can start from ImageNet), CxrNet-R (a residual E2 for training from scratch) or CxrNet-F (U-Net's own widths).", ["S", "R", "F"], "S", static (o, v) => o.Options = o.Options with { Network = CxrNetPresets.ByName(v) }) with { ReadBy = TrainPhases.Findings },
        Word("--feed", "What the second encoder sees: the map, the product of map and image, a blend with the blurred image, or the image alone (the baseline without a map).", ["map", "product", "blend", "image"], null, static (o, v) => o.Options = o.Options with { Network = o.Options.Network with { Feed = v } }) with { ReadBy = TrainPhases.Findings },
        Of<int>("--side", "N", "Rows and columns of the input, a multiple of 32.", static (o, v) => o.Options = o.Options with { Side = v }),
        Of<LungHandling>("--lung-handling", "none|apply|crop", "What the network sees: all of the image (none), the lungs alone (apply) or the box around them (crop); the card says it, and needs --lungs.", static (o, v) => o.Options = o.Options with { Lungs = v }),
        Of<string>("--init", "FILE", "Weights to start from: best.safetensors of an earlier run, a model.onnx that export wrote (its last layer too, where it knows all classes), or ImageNet's of MobileNetV2 (torchvision's own file, or its names with the normalisations folded in).", static (o, v) => o.Options = o.Options with { InitialWeights = v }) with { ReadBy = TrainPhases.Findings },
        Of<string>("--init-map", "FILE", "best.safetensors of another run, or an exported model.onnx, whose map is taken in place of that of --init: --settle-epochs then make map and classifier know each other.", static (o, v) => o.Options = o.Options with { InitialMap = v }) with { ReadBy = TrainPhases.Encoder | TrainPhases.Map | TrainPhases.Settle },
    ];
}

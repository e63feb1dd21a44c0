using CxrNet.Torch.Networks;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class AskingForOptionsOutOfRange
{
    private static readonly Dictionary<string, TrainingOptions> Wrong = new()
    {
        ["LungShare is 7; 0 to 1"] = TinySet.Options with { LungShare = 7 },
        ["WholeShare is -2; 0 to 1"] = TinySet.Options with { WholeShare = -2 },
        ["RevealShare is NaN; 0 to 1"] = TinySet.Options with { RevealShare = double.NaN },
        ["SettleRevealShare is 1.5; 0 to 1"] = TinySet.Options with { SettleRevealShare = 1.5 },
        ["SettleWithheldShare is -0.1; 0 to 1"] = TinySet.Options with { SettleWithheldShare = -0.1 },
        ["KeepMapWeight is -1; 0 or more"] = TinySet.Options with { KeepMapWeight = -1 },
        ["nothing that the training starts from has a map"] = TinySet.Options with { KeepMapWeight = 1 },
        ["MixupShare is 3; 0 to 1"] = TinySet.Options with { Augmentation = new() { MixupShare = 3 } },
        ["TeacherWeight is 1.5; 0 to 1"] = TinySet.Options with { TeacherWeight = 1.5 },
        ["Noise is -1; 0 or more"] = TinySet.Options with { Augmentation = new() { Noise = -1 } },
        ["AverageDecay is 1; 0 to"] = TinySet.Options with { AverageDecay = 1 },
        ["PeakLearningRate is 0; a number above 0"] = TinySet.Options with { PeakLearningRate = 0 },
        ["BatchSize is 0; 1 or more"] = TinySet.Options with { BatchSize = 0 },
        ["Threads is 0; 1 or more"] = TinySet.Options with { Threads = 0 },
        ["MapEpochs is -1; 0 or more"] = TinySet.Options with { MapEpochs = -1 },
        ["Side is 0 pixels; a multiple of"] = TinySet.Options with { Side = 0 },
        ["StartSide is 50 pixels; a multiple of"] = TinySet.Options with { StartSide = 50 },
        ["StartSide is 64; at most Side, 32,"] = TinySet.Options with { StartSide = 64 },
        ["the feed 'map' shows it no image"] = TinySet.Options with { Network = TinyNetworks.Product with { Feed = "map" } },
        ["has the feed 'Blend'; one of map, product, blend, image expected"] = TinySet.Options with { Network = TinyNetworks.Product with { Feed = "Blend" } },
        ["has the block 'dense'; one of residual, plain, mobilenet-v2 expected"] = TinySet.Options with { Network = TinyNetworks.Product with { Block = "dense" } },
        ["has no encoderWidths; one for each level of 'residual' expected"] = TinySet.Options with { Network = TinyNetworks.Product with { EncoderWidths = [] } },
        ["map stride 0; at most 64 widths"] = TinySet.Options with { Network = TinyNetworks.Product with { MapStride = 0 } },
        ["family 'vit' cannot be trained; 'cxrnet' or, for lungs, 'unet' expected"] = TinySet.Options with { Network = TinyNetworks.Product with { Family = "vit" } },
        ["StartSide is 24 pixels; a multiple of 16 is expected"] = TinySet.Options with { StartSide = 24, Network = TinyNetworks.Product with { Feed = "blend" } },
        ["InitialWeights: there is no file 'nowhere.safetensors'"] = TinySet.Options with { InitialWeights = "nowhere.safetensors" },
        ["Teachers: there is no file 'nobody.safetensors'"] = TinySet.Options with { Teachers = ["nobody.safetensors"] },
        ["No phase has an epoch"] = TinySet.Options with { EncoderEpochs = 0, MapEpochs = 0 },
        ["No phase has an epoch: there is nothing"] = TinySet.Options with { Preset = TrainingPreset.Paper, EncoderEpochs = 0, MapEpochs = 2 },
        ["No phase has an epoch: there is"] = TinySet.Options with { Network = TinyNetworks.Product with { Feed = "image" }, EncoderEpochs = 0, MapEpochs = 2 },
        ["neither epochs nor weights to start from"] = TinySet.Options with { EncoderEpochs = 0, MapEpochs = 2 },
    };

    public static TheoryData<string> Messages => [.. Wrong.Keys];

    [Theory, MemberData(nameof(Messages))]
    public void TheOptionIsNamedWithWhatIsExpected(string message)
    {
        Assert.Contains(message, Assert.Throws<ArgumentException>(Wrong[message].Check).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new CxrTrainer(TinySet.Create(32, 1), TinySet.Create(16, 2), Wrong[message], "unused"));
    }

    [Fact]
    public void TheDefaultsAreInRange() => new TrainingOptions().Check();

    [Fact]
    public void WhatNamesAndNumbersTellIsSaidBeforeAnImageIsDecoded()
    {
        string[] two = ["normal", "covid19"];
        string Refusal(TrainingOptions options, string[] classes, int images) =>
            Assert.Throws<ArgumentException>(() => options.Check(classes, images, "unused")).Message;
        TinySet.Options.Check(two, 16, "unused");
        Assert.Contains("15 images are less than one batch of 16", Refusal(TinySet.Options, two, 15), StringComparison.Ordinal);
        Assert.Contains("The class 'normal' is named 2 times (normal, covid19, normal)", Refusal(TinySet.Options, [.. two, "normal"], 16), StringComparison.Ordinal);
        Assert.Contains("No class is called 'well'", Refusal(TinySet.Options with { SingleSourceWeight = 0.5, HealthyClass = "well" }, two, 16), StringComparison.Ordinal);
        Assert.Contains("'opacity'", Refusal(TinySet.Options with { Phantoms = 4 }, ["normal", "opacity"], 16), StringComparison.Ordinal);
        Assert.Contains("One class ('normal'); two at least are expected", Refusal(TinySet.Options, ["normal"], 16), StringComparison.Ordinal);
        Assert.Contains("No class; two at least are expected", Refusal(TinySet.Options, [], 16), StringComparison.Ordinal);
        (TinySet.Options with { Network = CxrNetPresets.Lungs }).Check([], 16, "unused");
        Assert.Contains("a training set holds", Refusal(TinySet.Options, two, 1 << 30), StringComparison.Ordinal);
        Assert.Contains("LungShare is 2", Refusal(TinySet.Options with { LungShare = 2 }, two, 16), StringComparison.Ordinal);
    }

    [Fact]
    public void AClassifierOfOneClassIsNotTrained()
    {
        TrainingSet set = TinySet.Create(32, 1), one = new(set.Side, ["normal"], set.Images, set.Lungs, new int[set.Count], set.Entries);
        Assert.Contains("One class ('normal')", Assert.Throws<ArgumentException>(() => new CxrTrainer(one, one, TinySet.Options, "unused")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASegmentersNetworkIsNoClassifiers()
    {
        TrainingSet set = TinySet.Create(32, 1);
        string message = Assert.Throws<ArgumentException>(() => new CxrTrainer(set, set, TinySet.Options with { Network = CxrNetPresets.Lungs }, "unused")).Message;
        Assert.Contains("family 'unet' is no classifier; one of the family 'cxrnet' is expected", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesThatWereLoadedOtherwiseThanTheOptionsSayAreRefused()
    {
        TrainingSet set = TinySet.Create(32, 1), cropped = new(set.Side, set.Classes, set.Images, set.Lungs, set.Labels, set.Entries) { Handling = LungHandling.Crop };
        string Refusal(TrainingSet train, TrainingSet validation) => Assert.Throws<ArgumentException>(() => new CxrTrainer(train, validation, TinySet.Options, "unused")).Message;
        Assert.Contains("loaded with LungHandling.Crop, the options say LungHandling.None", Refusal(cropped, set), StringComparison.Ordinal);
        Assert.Contains("loaded with LungHandling.Crop", Refusal(set, cropped), StringComparison.Ordinal);
        Assert.Contains("loaded with LungHandling.Crop", Refusal(cropped.WithPhantoms(4), set), StringComparison.Ordinal);
        _ = new CxrTrainer(cropped, set, TinySet.Options with { Lungs = LungHandling.Crop }, "unused");
    }

    [Fact]
    public void AnEmptyValidationSetIsRefusedBeforeTheFirstEpoch() =>
        Assert.Contains("no validation image", Assert.Throws<ArgumentException>(() => new CxrTrainer(TinySet.Create(32, 1), TinySet.Create(0, 2), TinySet.Options, "unused")).Message, StringComparison.Ordinal);
}

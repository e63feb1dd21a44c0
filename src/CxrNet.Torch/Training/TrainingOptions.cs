namespace CxrNet.Torch.Training;

/// <summary>Everything that a training run is made of; saved into its checkpoints. docs/models.md has the options of the shipped models.</summary>
public sealed record TrainingOptions
{
    /// <summary>How map and classifier are taught.</summary>
    public TrainingPreset Preset { get; init; } = TrainingPreset.Faithful;

    /// <summary>The network.</summary>
    public CardNetwork Network { get; init; } = Networks.CxrNetPresets.Small;

    /// <summary>Rows and columns of the input; a multiple of 32.</summary>
    public int Side { get; init; } = 192;

    /// <summary>What was done with the lungs when the images were loaded; it must be what <see cref="TrainingSet.Load"/> was told. <see cref="LungHandling.None"/> by default.</summary>
    public LungHandling Lungs { get; init; }

    /// <summary>Images per step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Epochs of the classifying encoder on randomly masked images (Faithful), or of everything (Paper); 0 with <see cref="InitialWeights"/> teaches the map of an encoder that is there.</summary>
    public int EncoderEpochs { get; init; } = 14;

    /// <summary>Epochs of the map's encoder-decoder through the frozen classifying encoder; not used by Paper.</summary>
    public int MapEpochs { get; init; } = 6;

    /// <summary>Epochs in which the encoder gets used to the finished map; not used by Paper.</summary>
    public int SettleEpochs { get; init; }

    /// <summary>Share of the images that come through the map in those epochs; the rest as in the encoder's own phase, but that no styles are mixed and no pairs blended.</summary>
    public double SettleMapShare { get; init; } = 0.5;

    /// <summary>Ends a phase after so many epochs without a better one; 0 (the default) runs all of them, as a learning rate that falls to zero at the end wants.</summary>
    public int Patience { get; init; }

    /// <summary>AdamW's learning rate at its peak, reached after <see cref="WarmupSteps"/>; it falls to zero along a cosine.</summary>
    public double PeakLearningRate { get; init; } = 1e-3;

    /// <summary>Steps of linear warm-up; a fifth of the phase's steps at most.</summary>
    public int WarmupSteps { get; init; } = 200;

    /// <summary>AdamW's weight decay.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Greatest norm of a step's gradient.</summary>
    public double GradientClip { get; init; } = 5;

    /// <summary>Label smoothing of the cross-entropy.</summary>
    public double LabelSmoothing { get; init; } = 0.05;

    /// <summary>Images are weighted by the size of their group, a class at a source, to the power of minus this: 0 is none, 1 gives all groups the same sum.</summary>
    public double GroupBalance { get; init; } = 0.5;

    /// <summary>Remarks of a manifest that set images of one source apart when groups are weighed, for instance how a copy was made; none by default.</summary>
    public IReadOnlyList<string> SourceNotes { get; init; } = [];

    /// <summary>Drawn chests among the training's images; see <see cref="TrainingSet.WithPhantoms"/>. Teachers are not asked about them.</summary>
    public int Phantoms { get; init; }

    /// <summary>How images are varied.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Share of the encoder's batches that is shown whole, not masked, 0 … 1.</summary>
    public double WholeShare { get; init; } = 0.3;

    /// <summary>Share of the images, in every phase of Faithful, that come as on a point of an insertion curve: some pixels sharp, in a random order, the others blurred. Whoever is asked about such images later should have met them.</summary>
    public double RevealShare { get; init; }

    /// <summary>Share of the settling images that come as on a point of their own map's insertion curve, the map's strongest pixels sharp and the others blurred: the encoder learns to answer from what the map calls the evidence.</summary>
    public double SettleRevealShare { get; init; }

    /// <summary>Share of the settling images whose evidence is withheld, the map's strongest pixels or the lungs: the encoder learns to answer all classes alike there, so that its answer rests on what the map shows and on the lungs.</summary>
    public double SettleWithheldShare { get; init; }

    /// <summary>Share of the encoder's images, and of the settling ones that do not come through the map, of which only the lungs are shown, widened by a random margin: what lies around them cannot become a cue there.</summary>
    public double LungShare { get; init; }

    /// <summary>How much "healthy or diseased" counts for images of sources that have only healthy or only diseased ones, 0 … 1; 1 is the plain cross-entropy.</summary>
    /// <remarks>Less of it takes the reward from telling hospitals apart; see <see cref="HealthyClass"/>.</remarks>
    public double SingleSourceWeight { get; init; } = 1;

    /// <summary>The class that <see cref="SingleSourceWeight"/> takes for healthy.</summary>
    public string HealthyClass { get; init; } = "normal";

    /// <summary>Rows and columns in the first epochs of the encoder, a multiple of 32; 0 for <see cref="Side"/> throughout. Small images first cost less and regularise.</summary>
    public int StartSide { get; init; }

    /// <summary>Epochs of the encoder at <see cref="StartSide"/>.</summary>
    public int StartEpochs { get; init; }

    /// <summary>Epochs of the map at <see cref="StartSide"/>.</summary>
    public int MapStartEpochs { get; init; }

    /// <summary>A run's best weights of the same network to start from, or an ONNX file that was exported of one (of the last layer each class's own row, where the file knows all classes), or ImageNet's of MobileNetV2 for E2 of that kind (torchvision's own state_dict, as .pth or safetensors, or one under its names with the normalisations folded in); null to start from drawn ones (the default).</summary>
    public string? InitialWeights { get; init; }

    /// <summary>Another run's best weights, or an exported ONNX file, whose E1 and D are taken in place of those of <see cref="InitialWeights"/>: a map that is there goes with an encoder that is there, and <see cref="SettleEpochs"/> make them know each other. Null (the default) for none; not for a network without a map.</summary>
    public string? InitialMap { get; init; }

    /// <summary>Best weights of earlier runs of the same network, or ONNX files that were exported of such, whose encoders say what they see in each whole image; they must know all classes, in whatever order. None by default. Not with Paper, nor with <see cref="SingleSourceWeight"/> below 1.</summary>
    /// <remarks>What is likely besides the label is worth learning too. A run that was cut off goes on with files of the same content alone.</remarks>
    public IReadOnlyList<string> Teachers { get; init; } = [];

    /// <summary>How much the teachers' answers count against the labels, 0 … 1; 0.7 by default.</summary>
    public double TeacherWeight { get; init; } = 0.7;

    /// <summary>Decay per step of the running average of the weights that is evaluated and kept; 0 for none.</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>Map: weight of the cross-entropy that the whole network has, for its own answer, on points of the map's insertion curve; 0 (the default) for none.</summary>
    public double InsertionWeight { get; init; }

    /// <summary>Map: share of each batch that <see cref="InsertionWeight"/> is taken on; 0.5 by default. These images cost half as much again.</summary>
    public double InsertionShare { get; init; } = 0.5;

    /// <summary>Map: weight of its mean.</summary>
    public double AreaWeight { get; init; } = 0.5;

    /// <summary>Map: weight of its total variation.</summary>
    public double VariationWeight { get; init; } = 0.1;

    /// <summary>Map: weight of its mean outside the lung mask.</summary>
    public double OutsideLungWeight { get; init; } = 0.5;

    /// <summary>Map: weight of the entropy that the classifier has on what the map leaves out.</summary>
    public double ComplementWeight { get; init; } = 0.5;

    /// <summary>Map: weight of its distance from the lesions of the images whose lesions are known, one minus the soft Dice; 0 (the default) for none. Those of drawn chests are (<see cref="Phantoms"/>), and those of a manifest's <c>lesion_mask</c>.</summary>
    public double LesionWeight { get; init; }

    /// <summary>Map: weight of its distance, on radiographs, from the map that the training starts from (<see cref="InitialMap"/>, or that of <see cref="InitialWeights"/>), a binary cross-entropy; 0 (the default) for none. What drawn chests teach the map then leaves what it says of radiographs as it was (Li and Hoiem 2016, arXiv 1606.09282).</summary>
    public double KeepMapWeight { get; init; }

    /// <summary>Computes convolutions, and keeps what lies between them, in bfloat16: on a processor with AVX512-BF16 a step of MobileNetV2 takes two thirds of the time. Weights, statistics, losses and validation stay single. False by default: elsewhere it is slower.</summary>
    public bool HalfPrecision { get; init; }

    /// <summary>False on an x64 processor without AVX512-BF16, where <see cref="HalfPrecision"/> is many times slower than single precision. Others cannot be asked: true.</summary>
    public static bool HalfPrecisionIsFast => CpuFeatures.HasBfloat16;

    /// <summary>Every random draw follows from it, the epoch and the step.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch. More than the machine has free cores is many times slower.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Refuses what no training can be made of; every trainer does so too, but a caller may want to know before thousands of images are decoded.</summary>
    /// <exception cref="ArgumentException">A share, count, side or weight is out of its range, the network is none of this library, options contradict each other, or a file of weights is not there; the message names the option, what it is and what is expected.</exception>
    public void Check() => TrainingGuard.RequireOptions(this);

    /// <summary>The same, and what names and numbers alone tell of a training in a folder, before its images are decoded.</summary>
    /// <param name="classes">The classes in the order of the network's outputs; empty where labels do not matter, as for lungs.</param>
    /// <param name="images">How many images there will be to learn, drawn ones among them.</param>
    /// <param name="folder">Where the run will live; it need not be there yet.</param>
    /// <exception cref="ArgumentException">As <see cref="Check()"/>; or a class is named twice, there are fewer than two for a classifier, the healthy one is none of them, a batch is larger than the set, or the folder holds a run of other options or classes.</exception>
    /// <exception cref="CxrModelException">The folder's checkpoint is damaged, or another training is at work there.</exception>
    public void Check(IReadOnlyList<string> classes, int images, string folder) => TrainingGuard.RequireRun(classes, images, this, folder);
}

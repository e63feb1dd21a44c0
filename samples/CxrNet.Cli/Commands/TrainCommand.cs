using System.CommandLine;

namespace CxrNet.Cli.Commands;

internal static class TrainCommand
{
    public static Command Create()
    {
        Option<string[]> data = new("--data", "-d") { Description = "CSV manifests with the columns file, label and split (lung_mask or mask where there is one).", Required = true, HelpName = "CSV", AllowMultipleArgumentsPerToken = true };
        Option<string> task = new("--task") { Description = "findings: CXRNet on labels; lungs: a segmenter on the images that have a mask.", DefaultValueFactory = _ => "findings" };
        task.AcceptOnlyFromAmong("findings", "lungs");
        Option<string> run = new("--out", "-o") { Description = "The run's folder: checkpoints, best weights, a log for each phase. A run that was cut off goes on exactly where it was.", Required = true, HelpName = "DIR" };
        Option<string> trainSplit = new("--train-split") { Description = "What is learnt.", DefaultValueFactory = _ => "train", HelpName = "NAME" };
        Option<string> valSplit = new("--val-split") { Description = "What the best epoch is chosen on.", DefaultValueFactory = _ => "val", HelpName = "NAME" };
        Option<string[]> classes = new("--classes")
        {
            Description = "The labels in the order of the network's outputs.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. Enum.GetValues<PhantomClass>().Select(c => c.FindingName())],
            HelpName = "NAME",
        };
        Option<string> preset = new("--preset") { Description = "faithful: first the classifier on masked images, then the map through it; paper: everything at once.", DefaultValueFactory = _ => "faithful" };
        preset.AcceptOnlyFromAmong("faithful", "paper");
        Option<string> network = new("--network") { Description = "CxrNet-S (E2 is MobileNetV2, which --init can start from ImageNet), CxrNet-R (a residual E2 for training from scratch) or CxrNet-F (U-Net's own widths).", DefaultValueFactory = _ => "S" };
        network.AcceptOnlyFromAmong("S", "R", "F");
        Option<string?> feed = new("--feed") { Description = "What the second encoder sees: the map, the product of map and image, a blend with the blurred image, or the image alone (the baseline without a map)." };
        feed.AcceptOnlyFromAmong("map", "product", "blend", "image");
        Option<int?> side = new("--side") { Description = "Rows and columns of the input, a multiple of 32.", HelpName = "N" };
        Option<int?> epochs = new("--epochs") { Description = "Epochs of the classifier.", HelpName = "N" };
        Option<int?> mapEpochs = new("--map-epochs") { Description = "Epochs of the map.", HelpName = "N" };
        Option<int?> settle = new("--settle-epochs") { Description = "Epochs in which the classifier gets used to the finished map.", HelpName = "N" };
        Option<double?> settleShare = new("--settle-map-share") { Description = "Share of the images that come through the map in those epochs.", HelpName = "0..1" };
        Option<double?> whole = new("--whole-share") { Description = "Share of the classifier's images that is shown unmasked.", HelpName = "0..1" };
        Option<double?> lungShare = new("--lung-share") { Description = "Share of the classifier's images of which only the lungs are shown.", HelpName = "0..1" };
        Option<double?> single = new("--single-source-weight") { Description = "How much 'healthy or not' counts for images of a source that has only the one or the other.", HelpName = "0..1" };
        Option<int?> startSide = new("--start-side") { Description = "Rows and columns in the first epochs of the classifier.", HelpName = "N" };
        Option<int?> startEpochs = new("--start-epochs") { Description = "How many epochs that are.", HelpName = "N" };
        Option<int?> mapStart = new("--map-start-epochs") { Description = "How many epochs of the map are at --start-side.", HelpName = "N" };
        Option<double?> outside = new("--outside-lung-weight") { Description = "Weight of what the map marks outside the lungs.", HelpName = "X" };
        Option<double?> insertion = new("--insertion-weight") { Description = "Weight of the whole network's cross-entropy on points of the map's insertion curve.", HelpName = "X" };
        Option<double?> insertionShare = new("--insertion-share") { Description = "Share of each batch that is taken for it.", HelpName = "0..1" };
        Option<double?> variation = new("--variation-weight") { Description = "Weight of the map's total variation.", HelpName = "X" };
        Option<double?> complement = new("--complement-weight") { Description = "Weight of what the classifier still knows from what the map leaves out.", HelpName = "X" };
        Option<double?> area = new("--area-weight") { Description = "Weight of the map's area.", HelpName = "X" };
        Option<string?> lungs = new("--lungs") { Description = "A lung segmenter for the images without a mask: a model file (safetensors, or ONNX that this library wrote).", HelpName = "FILE" };
        Option<LungHandling> handling = new("--lung-handling") { Description = "What the network sees: all of the image (none), the lungs alone (apply) or the box around them (crop); the card says it, and needs --lungs.", HelpName = "none|apply|crop" };
        Option<string[]> without = new("--without-source") { Description = "Sources that are left out of training and choice.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        Option<string[]> taught = new("--teach") { Description = "Images with a remark in the manifest's notes are taught as another class, for instance covid-without-visible-finding=normal; the choice is made on the labels as they are.", HelpName = "NOTE=LABEL", AllowMultipleArgumentsPerToken = true };
        Option<bool> shuffle = new("--shuffle-labels") { Description = "Deals the training's labels out anew, for the label randomisation test of 'randomize': what such a network shows is what maps look like that explain nothing learned." };
        Option<int?> patience = new("--patience") { Description = "Ends a phase after so many epochs without a better one.", HelpName = "N" };
        Option<double?> rate = new("--learning-rate") { Description = "AdamW's learning rate at its peak.", HelpName = "X" };
        Option<string?> init = new("--init") { Description = "Weights to start from: best.safetensors of an earlier run, or ImageNet's of MobileNetV2 (torchvision's names, folded).", HelpName = "FILE" };
        Option<string[]> teachers = new("--teacher") { Description = "best.safetensors of earlier runs of the same network, whose encoders say what they see in each whole image: the classifier learns from their mean and the labels.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        Option<double?> teacherWeight = new("--teacher-weight") { Description = "How much the teachers count against the labels.", HelpName = "0..1" };
        Option<int?> phantoms = new("--phantoms") { Description = "Drawn chests to learn beside the real ones.", HelpName = "N" };
        Option<double?> balance = new("--group-balance") { Description = "Images count by the size of their group, a class at a source, to the power of minus this.", HelpName = "0..1" };
        Option<string[]> notes = new("--split-sources-by") { Description = "Remarks in the manifest's notes that set images of a source apart when groups are weighed.", HelpName = "NOTE", AllowMultipleArgumentsPerToken = true };
        Option<double?> blur = new("--blur") { Description = "Greatest width of the random blur and sharpening, pixels per 192.", HelpName = "X" };
        Option<double?> tone = new("--tone") { Description = "Greatest change of the grey values: the logarithm of their exponent, and the share of a neighbourhood's mean that is taken away or added.", HelpName = "X" };
        Option<double?> noise = new("--noise") { Description = "Greatest standard deviation of the random noise; grey values are in 0 … 1.", HelpName = "X" };
        Option<double?> aspect = new("--aspect") { Description = "Greatest logarithm of columns against rows in the random stretching.", HelpName = "X" };
        Option<double?> exchange = new("--exchange-aspect") { Description = "Share of the images that are shown with the ratio of width to height of another image, so that it says nothing of the label.", HelpName = "0..1" };
        Option<double?> transplant = new("--transplant-share") { Description = "Share of the images whose lungs are laid into the body of an image of another source.", HelpName = "0..1" };
        Option<double?> detail = new("--detail-share") { Description = "Share of those images that keep the other lungs' fine detail.", HelpName = "0..1" };
        Option<double?> style = new("--style-share") { Description = "Share of the classifier's batches whose early feature statistics are mixed between images (MixStyle).", HelpName = "0..1" };
        Option<double?> reveal = new("--reveal-share") { Description = "Share of the images that are shown as on a point of an insertion curve: some pixels sharp, in a random order, the others blurred.", HelpName = "0..1" };
        Option<double?> settleReveal = new("--settle-reveal-share") { Description = "Share of the images of --settle-epochs that are shown as on a point of their own map's insertion curve: the map's strongest pixels sharp, the others blurred.", HelpName = "0..1" };
        Option<double?> mixup = new("--mixup-share") { Description = "Share of the classifier's batches that are blended pairwise (mixup).", HelpName = "0..1" };
        Option<bool> half = new("--half-precision") { Description = "Convolutions in bfloat16: half as fast again on a processor that has it (avx512_bf16), slower elsewhere." };
        Option<int?> batch = new("--batch") { Description = "Images per step.", HelpName = "N" };
        Option<int?> seed = new("--seed") { Description = "Every random draw follows from it.", HelpName = "N" };
        Option<int?> threads = new("--threads") { Description = "Threads; more than there are free cores is many times slower.", HelpName = "N" };
        Command command = new("train", "Trains CXRNet or a lung segmenter on labelled images, on the CPU. Needs libtorch: see --backend torch.")
        {
            data, run, task, trainSplit, valSplit, classes, preset, network, feed, side, epochs, mapEpochs, settle, settleShare, whole, lungShare, single, startSide, startEpochs, mapStart, outside, area, insertion, insertionShare, variation, complement, lungs, handling, without, taught, shuffle, patience, rate, init, teachers, teacherWeight, phantoms, balance, notes, blur, tone, noise, aspect, exchange, transplant, detail, style, mixup, reveal, settleReveal, half, batch, seed, threads,
        };
        command.SetAction((parsed, cancellationToken) => TrainJob.Run(
            new TrainRequest
            {
                Manifests = parsed.GetValue(data)!,
                Lungs = parsed.GetValue(task) == "lungs",
                Folder = parsed.GetValue(run)!,
                TrainSplit = parsed.GetValue(trainSplit)!,
                ValidationSplit = parsed.GetValue(valSplit)!,
                Classes = parsed.GetValue(classes)!,
                Preset = parsed.GetValue(preset)!,
                Network = parsed.GetValue(network)!,
                Feed = parsed.GetValue(feed),
                Side = parsed.GetValue(side),
                Epochs = parsed.GetValue(epochs),
                MapEpochs = parsed.GetValue(mapEpochs),
                SettleEpochs = parsed.GetValue(settle),
                WholeShare = parsed.GetValue(whole),
                LungShare = parsed.GetValue(lungShare),
                SingleSourceWeight = parsed.GetValue(single),
                StartSide = parsed.GetValue(startSide),
                StartEpochs = parsed.GetValue(startEpochs),
                MapStartEpochs = parsed.GetValue(mapStart),
                OutsideLungWeight = parsed.GetValue(outside),
                AreaWeight = parsed.GetValue(area),
                Segmenter = parsed.GetValue(lungs),
                LungHandling = parsed.GetValue(handling),
                WithoutSources = parsed.GetValue(without) ?? [],
                Teach = parsed.GetValue(taught) ?? [],
                ShuffleLabels = parsed.GetValue(shuffle),
                LearningRate = parsed.GetValue(rate),
                InitialWeights = parsed.GetValue(init),
                Teachers = parsed.GetValue(teachers) ?? [],
                TeacherWeight = parsed.GetValue(teacherWeight),
                InsertionWeight = parsed.GetValue(insertion),
                InsertionShare = parsed.GetValue(insertionShare),
                VariationWeight = parsed.GetValue(variation),
                ComplementWeight = parsed.GetValue(complement),
                Patience = parsed.GetValue(patience),
                SettleMapShare = parsed.GetValue(settleShare),
                Phantoms = parsed.GetValue(phantoms),
                GroupBalance = parsed.GetValue(balance),
                SourceNotes = parsed.GetValue(notes) ?? [],
                Blur = parsed.GetValue(blur),
                Tone = parsed.GetValue(tone),
                Noise = parsed.GetValue(noise),
                Aspect = parsed.GetValue(aspect),
                AspectExchange = parsed.GetValue(exchange),
                TransplantShare = parsed.GetValue(transplant),
                DetailShare = parsed.GetValue(detail),
                StyleShare = parsed.GetValue(style),
                MixupShare = parsed.GetValue(mixup),
                RevealShare = parsed.GetValue(reveal),
                SettleRevealShare = parsed.GetValue(settleReveal),
                HalfPrecision = parsed.GetValue(half),
                Batch = parsed.GetValue(batch),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}

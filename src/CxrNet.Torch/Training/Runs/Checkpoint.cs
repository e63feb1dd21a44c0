using System.Text;
using System.Text.Json;
using CxrNet.Torch.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using PropertyInfo = System.Reflection.PropertyInfo;

namespace CxrNet.Torch.Training;

/// <summary>Where a run stands at the end of an epoch, complete enough that going on gives the same weights as never having stopped.</summary>
/// <remarks>Random draws need no state: each follows from seed, phase, epoch and step.</remarks>
internal sealed record Checkpoint
{
    public required TrainingOptions Options { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>What is learnt; null in a checkpoint of before it was kept.</summary>
    public SetPrint? Train { get; init; }

    /// <summary>What the best epoch is chosen on; null in a checkpoint of before it was kept.</summary>
    public SetPrint? Validation { get; init; }

    /// <summary>Of the files that <see cref="Options"/> name; see <see cref="WeightPrints.Of"/>. Null in a checkpoint of before it was kept.</summary>
    public IReadOnlyList<string>? WeightFiles { get; init; }

    /// <summary>The phase that the next epoch belongs to.</summary>
    public int Phase { get; init; }

    /// <summary>Epochs of the phase that are done.</summary>
    public int EpochsDone { get; init; }

    /// <summary>Best macro-F1 of the phase so far.</summary>
    public double Best { get; init; } = double.MinValue;

    /// <summary>The epoch that it was, from 1; 0 before the first.</summary>
    public int BestEpoch { get; init; }

    private const string StateFile = "checkpoint.json";

    public static string BestFile(string folder) => Path.Combine(folder, "best.safetensors");

    /// <summary>Where the best weights wait until a state names them.</summary>
    /// <remarks>Were they written over the best file at once, a cut before <see cref="Save"/> would leave weights there that no state knows, and the next phase would start from them.</remarks>
    public static string PendingFile(string folder, int phase, int epoch) => Path.Combine(folder, FormattableString.Invariant($"pending-{phase}-{epoch:D4}.safetensors"));

    /// <summary>Moves the best weights that this state names to <see cref="BestFile"/>; those that it does not name are of an epoch that will run again.</summary>
    public void Publish(string folder)
    {
        string mine = PendingFile(folder, Phase, BestEpoch);
        if (File.Exists(mine))
        {
            File.Move(mine, BestFile(folder), overwrite: true);
        }

        foreach (string unknown in Directory.EnumerateFiles(folder, "pending-*"))
        {
            File.Delete(unknown);
        }
    }

    /// <summary>The state of a folder; null where there is none.</summary>
    /// <exception cref="CxrModelException">The file is damaged; the message names it and says what was found and what is expected.</exception>
    public static Checkpoint? Find(string folder)
    {
        string path = Path.Combine(folder, StateFile);
        return File.Exists(path) ? Parse(File.ReadAllText(path), path) : null;
    }

    /// <summary>The state before the first epoch of all.</summary>
    public static Checkpoint First(TrainingSet train, TrainingSet validation, TrainingOptions options) =>
        new() { Options = options, Classes = train.Classes, Train = SetPrint.Of(train), Validation = SetPrint.Of(validation), WeightFiles = WeightPrints.Of(options) };

    /// <summary>The state before the first epoch of the next phase, of the same images: they are hashed anew only where an older checkpoint said nothing of them.</summary>
    public Checkpoint Next(TrainingSet train, TrainingSet validation) =>
        new() { Options = Options, Classes = Classes, Train = Train ?? SetPrint.Of(train), Validation = Validation ?? SetPrint.Of(validation), WeightFiles = WeightFiles, Phase = Phase + 1 };

    /// <summary>The first thing that is not the run's, for an error, or null. Threads may differ: another machine may go on.</summary>
    public string? DifferenceTo(TrainingSet train, TrainingSet validation, TrainingOptions options) =>
        DifferenceTo(train.Classes, options)
            ?? (Train?.DifferenceTo(SetPrint.Of(train), options.LesionWeight > 0) is { } learnt ? $"images to learn: {learnt}" : null)
            ?? (Validation?.DifferenceTo(SetPrint.Of(validation), readsLesions: false) is { } chosen ? $"images to choose on: {chosen}" : null);

    /// <summary>The same without the images.</summary>
    public string? DifferenceTo(IReadOnlyList<string> classes, TrainingOptions options)
    {
        if (!Classes.SequenceEqual(classes))
        {
            return $"the classes are {string.Join(", ", Classes)} there, {string.Join(", ", classes)} here";
        }

        // Paths say little of what is in a file.
        string[] apart = [nameof(TrainingOptions.Threads), nameof(TrainingOptions.InitialWeights), nameof(TrainingOptions.InitialMap), nameof(TrainingOptions.Teachers)];
        foreach (PropertyInfo property in typeof(TrainingOptions).GetProperties().Where(p => !apart.Contains(p.Name)))
        {
            string mine = JsonSerializer.Serialize(property.GetValue(Options));
            string theirs = JsonSerializer.Serialize(property.GetValue(options));
            if (mine != theirs)
            {
                return $"{property.Name} is {mine} there, {theirs} here";
            }
        }

        return WeightPrints.DifferenceTo(Options, WeightFiles, options);
    }

    /// <summary>Writes weights, average and optimizer, then the state that names them: a cut anywhere leaves the one before whole.</summary>
    public void Save(string folder, Module network, WeightAverage average, OptimizerHelper optimizer)
    {
        string stem = Stem(folder);
        SafetensorsFile.Write(stem + ".weights", network.state_dict(), NoMetadata);
        SafetensorsFile.Write(stem + ".average", average.Values, NoMetadata);
        WriteThrough(stem + ".optimizer", file =>
        {
            using BinaryWriter writer = new(file, Encoding.UTF8, leaveOpen: true);
            optimizer.save_state_dict(writer);
        });

        string state = Path.Combine(folder, StateFile);
        WriteThrough(state + ".tmp", file => JsonSerializer.Serialize(file, this, Indented));
        File.Move(state + ".tmp", state, overwrite: true);
        foreach (string old in Directory.EnumerateFiles(folder, "step-*").Where(file => !file.StartsWith(stem + ".", StringComparison.Ordinal)))
        {
            File.Delete(old);
        }
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    /// <exception cref="CxrModelException">A file of the state is missing or damaged; the message names it.</exception>
    public void Load(string folder, Module network, WeightAverage average, OptimizerHelper optimizer)
    {
        string stem = Stem(folder);
        Copy(stem + ".weights", network.state_dict());
        Copy(stem + ".average", average.Values);
        string file = stem + ".optimizer";
        using BinaryReader reader = new(new MemoryStream(Bytes(file)));
        try
        {
            optimizer.load_state_dict(reader);
        }
        catch (Exception e)
        {
            // What libtorch says of bytes that it cannot read is of many types, and none names the file.
            throw Unreadable(file, e);
        }
    }

    /// <summary>The bytes of a file of weights.</summary>
    /// <exception cref="CxrModelException">It is not there or cannot be read; the message names it.</exception>
    public static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, e);
        }
    }

    /// <summary>Copies a file's tensors into existing ones of the same names.</summary>
    /// <exception cref="CxrModelException">The file cannot be read, is damaged, or has other tensors.</exception>
    public static void Copy(string file, Dictionary<string, Tensor> into)
    {
        using var scope = NewDisposeScope();
        Copy(SafetensorsFile.Read(Bytes(file), file).Tensors, file, into);
    }

    /// <summary>The same of tensors that were read already.</summary>
    public static void Copy(Dictionary<string, Tensor> stored, string file, Dictionary<string, Tensor> into)
    {
        using var noGrad = no_grad();
        foreach ((string name, Tensor tensor) in into)
        {
            if (!stored.TryGetValue(name, out Tensor? value))
            {
                throw new CxrModelException(file, $"'{file}' has no tensor '{name}': it was written by another network.");
            }

            if (!value.shape.SequenceEqual(tensor.shape))
            {
                throw new CxrModelException(file, $"'{file}' has a tensor '{name}' of [{string.Join(", ", value.shape)}], this network one of [{string.Join(", ", tensor.shape)}]: it was written by another network.");
            }

            tensor.copy_(value);
        }
    }

    public static IReadOnlyDictionary<string, string> NoMetadata { get; } = new Dictionary<string, string>();

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static Checkpoint Parse(string json, string path)
    {
        string found;
        try
        {
            if (JsonSerializer.Deserialize<Checkpoint>(json) is { Options: { Network: not null, Augmentation: not null, Teachers: not null }, Classes: not null, Phase: >= 0, EpochsDone: >= 0 } state)
            {
                return state;
            }

            found = "options, classes, phase or epochs are missing";
        }
        catch (JsonException e)
        {
            found = e.Message;
        }

        throw new CxrModelException(path, $"'{path}' is damaged ({found}); the state that a training wrote at the end of an epoch is expected: bring that file back, or name another folder.");
    }

    private static CxrModelException Unreadable(string file, Exception cause) =>
        new(file, $"'{file}' cannot be read ({(cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : cause.Message.Split('\n')[0])}); what a training wrote at the end of an epoch is expected: bring that file back, or name another folder.", cause);

    // On the disk before any state names it: after a power cut a name without its bytes would be worse than the epoch before.
    private static void WriteThrough(string path, Action<FileStream> write)
    {
        using FileStream file = File.Create(path);
        write(file);
        file.Flush(flushToDisk: true);
    }

    private string Stem(string folder) => Path.Combine(folder, FormattableString.Invariant($"step-{Phase}-{EpochsDone:D4}"));
}

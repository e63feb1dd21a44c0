using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>The best weights of an earlier run, or a safetensors file that was exported of one, as a start or a teacher.</summary>
internal sealed class RunWeights
{
    private const string Head = "encoder.head.";

    private readonly string _file;
    private readonly Dictionary<string, Tensor> _tensors;
    private readonly WeightNotes _notes;

    private RunWeights(string file, Dictionary<string, Tensor> tensors, WeightNotes notes) => (_file, _tensors, _notes) = (file, tensors, notes);

    /// <summary>False where the file says that its map is as it was drawn; one that says nothing is taken at its word, as ever.</summary>
    public bool IsMapTaught => _notes.IsMapTaught ?? true;

    /// <summary>Reads a file, its tensors into the caller's dispose scope.</summary>
    /// <exception cref="CxrModelException">It cannot be read or is damaged.</exception>
    public static RunWeights Open(string file)
    {
        (Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata) = SafetensorsFile.Read(Checkpoint.Bytes(file), file);
        return new RunWeights(file, tensors, WeightNotes.Of(metadata, file));
    }

    /// <summary>E1 and D alone.</summary>
    /// <param name="state">Of the network that takes them.</param>
    /// <exception cref="CxrModelException">The file has not the tensors of this network.</exception>
    public void CopyMap(Dictionary<string, Tensor> state) =>
        Checkpoint.Copy(_tensors, _file, state.Where(static named => named.Key.StartsWith("map.", StringComparison.Ordinal)).ToDictionary());

    /// <summary>All tensors; of the last layer the rows of the classes, where the file says which they are.</summary>
    /// <param name="state">Of the network that takes them.</param>
    /// <param name="classes">What it is to tell apart.</param>
    /// <param name="isTaught">Whether the first phase teaches it: a last layer that is drawn anew knows nothing.</param>
    /// <exception cref="CxrModelException">The file has not the tensors of this network, or it tells other classes apart and nothing teaches the last layer.</exception>
    public void CopyStart(Dictionary<string, Tensor> state, IReadOnlyList<string> classes, bool isTaught)
    {
        if (Rows(classes) is { } rows)
        {
            Copy(state, rows);
        }
        else if (isTaught)
        {
            Checkpoint.Copy(_tensors, _file, state.Where(static named => !IsHead(named.Key)).ToDictionary());
        }
        else
        {
            throw new CxrModelException(_file, $"'{_file}' tells {string.Join(", ", _notes.Classes)} apart, this training {string.Join(", ", classes)}: its last layer is drawn anew, and a map would be learnt through a classifier that knows nothing. Give EncoderEpochs (--epochs).");
        }
    }

    /// <summary>All tensors of a network that only answers.</summary>
    /// <exception cref="CxrModelException">The file has not the tensors of this network, or does not know all classes.</exception>
    public void CopyTeacher(Dictionary<string, Tensor> state, IReadOnlyList<string> classes) =>
        Copy(state, Rows(classes) ?? throw new CxrModelException(_file, $"'{_file}' tells {string.Join(", ", _notes.Classes)} apart; a teacher of {string.Join(", ", classes)} was expected."));

    private static bool IsHead(string name) => name.StartsWith(Head, StringComparison.Ordinal);

    // Of each class its row of the last layer; none where they lie as they are wanted or the file does not say, null where it does not know them all.
    private long[]? Rows(IReadOnlyList<string> classes)
    {
        if (_notes.Classes.Count == 0 || _notes.Classes.SequenceEqual(classes))
        {
            return [];
        }

        long[] rows = [.. classes.Select(name => (long)_notes.Classes.ToList().IndexOf(name))];
        return rows.Contains(-1) ? null : rows;
    }

    private void Copy(Dictionary<string, Tensor> state, long[] rows)
    {
        if (rows.Length == 0)
        {
            Checkpoint.Copy(_tensors, _file, state);
            return;
        }

        using Tensor order = tensor(rows);
        Checkpoint.Copy(_tensors.ToDictionary(static named => named.Key, named => IsHead(named.Key) ? Reordered(named.Key, named.Value, order) : named.Value), _file, state);
    }

    private Tensor Reordered(string name, Tensor stored, Tensor order) => stored.shape is [var count, ..] && count == _notes.Classes.Count
        ? stored.index_select(0, order)
        : throw new CxrModelException(_file, $"'{_file}' has a tensor '{name}' of [{string.Join(", ", stored.shape)}] and names {_notes.Classes.Count} classes: a row for each was expected.");
}

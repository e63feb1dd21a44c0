using System.Runtime.InteropServices;
using CxrNet.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>A loaded network; numbers go in and out as plain memory.</summary>
/// <remarks>Safe for concurrent use. Disposed of while a run is under way, it lets that run finish and refuses the next.</remarks>
internal sealed class TorchModel : IDisposable
{
    private readonly RunGate _gate;
    private readonly ILoadedNetwork _network;
    private readonly TorchOptions _options;
    private readonly Device _device;
    private readonly Lazy<ExplainableNetwork> _explainable;
    private ExplainableNetwork? _layers;

    private TorchModel(CxrModelCard card, ILoadedNetwork network, Device device, TorchOptions options)
    {
        (Card, _network, _device, _options) = (card, network, device, options);
        MaxBatch = options.BatchSizes.Count > 0 ? options.BatchSizes[^1] : options.MaxBatch;
        _gate = new RunGate(Free);
        _explainable = new Lazy<ExplainableNetwork>(ReadLayers);
        KeepsFeatures = options.KeepFeatures;
        PooledLength = KeepsFeatures || card.Guard is not null ? network.PooledLength : 0;
    }

    /// <summary>What the model says of itself.</summary>
    public CxrModelCard Card { get; }

    /// <summary>Most images in one run.</summary>
    public int MaxBatch { get; }

    /// <summary>The network's layers, with a copy of its weights; read when first asked for.</summary>
    public ExplainableNetwork Explainable => _explainable.Value;

    /// <summary>Reads a file; a card may lie beside it as <c>name.card.json</c>.</summary>
    /// <exception cref="CxrModelException">The file cannot be read, is damaged or does not fit its card, or libtorch or the device is missing.</exception>
    public static TorchModel Load(string path, TorchOptions? options, CxrModelTask task)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return Load(File.ReadAllBytes(path), path, Path.ChangeExtension(path, ".card.json"), options, task);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string cause = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            throw new CxrModelException(path, $"'{path}' cannot be read: {cause}.", e);
        }
    }

    /// <summary>Takes a file that is already in memory.</summary>
    public static TorchModel Load(byte[] bytes, string source, TorchOptions? options, CxrModelTask task) => Load(bytes, source, null, options, task);

    private static TorchModel Load(byte[] bytes, string source, string? beside, TorchOptions? options, CxrModelTask task)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        TorchOptions chosen = options ?? TorchOptions.Default;
        chosen.Validate();
        if (chosen.KeepFreedMemory)
        {
            ProcessMemory.KeepFreedMemory();
        }

        TorchRuntime.Require(source);
        if (chosen.Threads > 0)
        {
            set_num_threads(chosen.Threads);
        }

        Device device = DeviceOf(chosen, source);
        (CxrModelCard card, ILoadedNetwork network) = TorchFile.Open(bytes, source, beside, chosen.Card, task, device);
        TorchModel model = new(card, network, device, chosen);
        try
        {
            if (chosen.WarmUp)
            {
                model.WarmUp();
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>How many pooled features a run gives; 0 where nobody looks at them.</summary>
    public int PooledLength { get; }

    /// <summary>Whether predictions are to carry the network's own map.</summary>
    public bool ReadsMap => _options.ReadMap;

    /// <summary>Whether predictions are to carry the pooled features.</summary>
    public bool KeepsFeatures { get; }

    /// <summary>Memory for the pooled features of a batch; null where nobody looks at them. The caller disposes of it.</summary>
    public TensorBuffer? RentPooled(int count) => PooledLength == 0 ? null : TensorBuffer.Rent(count, PooledLength);

    /// <summary>Refuses a call that is cancelled or comes too late, before any work is done.</summary>
    public void RequireUsable(CancellationToken cancellationToken)
    {
        _gate.Require(this);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>One forward pass.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="logits">[n, findings]; null for a segmenter.</param>
    /// <param name="map">[n, S, S]; null where nobody wants it.</param>
    /// <param name="pooled">[n, c]; null where nobody looks at them.</param>
    /// <param name="cancellationToken">Ends the pass between two of its layers.</param>
    public void Run(InputTensor input, TensorBuffer? logits, TensorBuffer? map, TensorBuffer? pooled, CancellationToken cancellationToken) =>
        Run(input.Values.Span, input.Shape, logits?.Values ?? default, map?.Values ?? default, pooled?.Values ?? default, cancellationToken);

    /// <summary>One forward pass of a classifier for the logits alone.</summary>
    /// <param name="inputs">As many values as the shape says.</param>
    /// <param name="shape">[n, c, h, w].</param>
    /// <param name="logits">[n, findings].</param>
    /// <param name="cancellationToken">Ends the pass between two of its layers.</param>
    public void RunLogits(ReadOnlyMemory<float> inputs, long[] shape, Memory<float> logits, CancellationToken cancellationToken) =>
        Run(inputs.Span, shape, logits, default, default, cancellationToken);

    private void Run(ReadOnlySpan<float> inputs, long[] shape, Memory<float> logits, Memory<float> map, Memory<float> pooled, CancellationToken cancellationToken)
    {
        _gate.Enter(this);
        try
        {
            using var watching = RunCancellation.Watch(cancellationToken);
            using var inference = inference_mode();
            using var scope = NewDisposeScope();   // frees every temporary below; thread-bound, so no await inside
            int rows = _options.BatchFor((int)shape[0]);
            Tensor x = rows == shape[0] ? empty(shape, ScalarType.Float32) : zeros([rows, .. shape[1..]], ScalarType.Float32);
            MemoryMarshal.AsBytes(inputs).CopyTo(x.bytes);
            (Tensor? ownLogits, Tensor? ownMap, Tensor? ownPooled) = _network.Run(x.to(_device));
            Copy(ownLogits, logits);
            Copy(ownMap, map);
            Copy(ownPooled, pooled);
        }
        catch (ExternalException e)
        {
            throw new CxrModelException(Card.Id, $"'{Card.Id}' failed on a batch of {shape[0]}: {e.Message.Split('\n')[0]}", e);
        }
        finally
        {
            _gate.Leave();
        }
    }

    // Each size once: oneDNN and cuDNN make their kernels for a size when they first see it.
    private void WarmUp()
    {
        foreach (int size in _options.BatchSizes.Count > 0 ? _options.BatchSizes : [1, MaxBatch])
        {
            long[] shape = [size, Card.Input.Channels, Card.Input.Height, Card.Input.Width];
            Run(new float[size * shape[1] * shape[2] * shape[3]], shape, default, default, default, CancellationToken.None);
        }
    }

    public void Dispose() => _gate.Close();

    // When the last run is out, so that layers which are being read meanwhile are freed too.
    private void Free()
    {
        _network.Dispose();
        _layers?.Dispose();
    }

    private ExplainableNetwork ReadLayers()
    {
        _gate.Enter(this);
        try
        {
            return _network.Layers(Card, _device) is { } layers
                ? _layers = new ExplainableNetwork(Card, layers, _device, MaxBatch)
                : throw new CxrModelException(Card.Id, $"'{Card.Id}' is no classifier: there is no finding to explain.");
        }
        finally
        {
            _gate.Leave();
        }
    }

    private static Device DeviceOf(TorchOptions options, string source)
    {
        if (options.CudaDevice is not { } index)
        {
            return CPU;
        }

        return cuda.is_available() && index < cuda.device_count()
            ? new Device(DeviceType.CUDA, index)
            : throw new CxrModelException(source, $"'{source}' was asked for on CUDA device {index}; libtorch sees {(cuda.is_available() ? cuda.device_count() : 0)} of them: add a libtorch-cuda package in place of the CPU one, and a driver that fits it.");
    }

    // Rows that only filled the batch up stay behind.
    private static void Copy(Tensor? from, Memory<float> to)
    {
        if (!to.IsEmpty)
        {
            MemoryMarshal.Cast<byte, float>(from!.cpu().contiguous().bytes)[..to.Length].CopyTo(to.Span);
        }
    }
}

using System.Runtime.InteropServices;
using CxrNet.Torch.Native;
using CxrNet.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Models;

/// <summary>A loaded network; numbers go in and out as plain memory.</summary>
/// <remarks>Safe for concurrent use. Disposed of while a run is under way, it lets that run finish and refuses the next.</remarks>
internal sealed class TorchModel : IDisposable
{
    private readonly RunGate _gate;
    private readonly Module _network;
    private readonly Device _device;
    private readonly Lazy<ExplainableNetwork> _explainable;

    private TorchModel(CxrModelCard card, Module network, Device device, TorchOptions options)
    {
        (Card, _network, _device, MaxBatch) = (card, network, device, options.MaxBatch);
        _gate = new RunGate(network.Dispose);
        _explainable = new Lazy<ExplainableNetwork>(ReadLayers);
        KeepsFeatures = options.KeepFeatures;
        PooledLength = network is CxrNetwork { HasMap: true } classifier && (KeepsFeatures || card.Guard is not null) ? classifier.PooledLength : 0;
    }

    /// <summary>What the model says of itself.</summary>
    public CxrModelCard Card { get; }

    /// <summary>Most images in one run.</summary>
    public int MaxBatch { get; }

    /// <summary>The network's layers, with a copy of its weights; read when first asked for.</summary>
    public ExplainableNetwork Explainable => _explainable.Value;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CxrModelException">The file cannot be read, is damaged or does not fit its card, or libtorch or the device is missing.</exception>
    public static TorchModel Load(string path, TorchOptions? options, CxrModelTask task)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return Load(File.ReadAllBytes(path), path, options, task);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string cause = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            throw new CxrModelException(path, $"'{path}' cannot be read: {cause}.", e);
        }
    }

    /// <summary>Takes a file that is already in memory.</summary>
    public static TorchModel Load(byte[] bytes, string source, TorchOptions? options, CxrModelTask task)
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
        (CxrModelCard card, Module network) = TorchFile.Read(bytes, source, task);
        return new TorchModel(card, network.to(device), device, chosen);
    }

    /// <summary>How many pooled features a run gives; 0 where nobody looks at them.</summary>
    public int PooledLength { get; }

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
    /// <param name="map">[n, S, S]; null for a classifier without one.</param>
    /// <param name="pooled">[n, c]; null where nobody looks at them.</param>
    public void Run(InputTensor input, TensorBuffer? logits, TensorBuffer? map, TensorBuffer? pooled)
    {
        _gate.Enter(this);
        try
        {
            using var inference = inference_mode();
            using var scope = NewDisposeScope();   // frees every temporary below; thread-bound, so no await inside
            Tensor x = empty(input.Shape, ScalarType.Float32);
            MemoryMarshal.AsBytes(input.Values.Span).CopyTo(x.bytes);
            if (_network is CxrNetwork classifier)
            {
                (Tensor scores, Tensor? own, Tensor? features) = classifier.ForwardWithPooled(x.to(_device));
                Copy(scores, logits!);
                if (own is not null)
                {
                    Copy(own, map!);
                }

                if (pooled is not null)
                {
                    Copy(features!, pooled);
                }
            }
            else
            {
                Copy(((MapNetwork)_network).forward(x.to(_device)), map!);
            }
        }
        catch (ExternalException e)
        {
            throw new CxrModelException(Card.Id, $"'{Card.Id}' failed on a batch of {input.Count}: {e.Message.Split('\n')[0]}", e);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>One forward pass of a classifier for the logits alone.</summary>
    /// <param name="inputs">As many values as the shape says.</param>
    /// <param name="shape">[n, c, h, w].</param>
    /// <param name="logits">[n, findings].</param>
    public void RunLogits(ReadOnlyMemory<float> inputs, long[] shape, Memory<float> logits)
    {
        _gate.Enter(this);
        try
        {
            using var inference = inference_mode();
            using var scope = NewDisposeScope();   // frees every temporary below; thread-bound, so no await inside
            Tensor x = empty(shape, ScalarType.Float32);
            MemoryMarshal.AsBytes(inputs.Span).CopyTo(x.bytes);
            (Tensor scores, _) = ((CxrNetwork)_network).forward(x.to(_device));
            MemoryMarshal.Cast<byte, float>(scores.cpu().contiguous().bytes).CopyTo(logits.Span);
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

    public void Dispose()
    {
        _gate.Close();
        if (_explainable.IsValueCreated)
        {
            _explainable.Value.Dispose();
        }
    }

    private ExplainableNetwork ReadLayers()
    {
        _gate.Enter(this);
        try
        {
            return _network is CxrNetwork classifier
                ? ExplainableNetwork.Of(classifier, Card, _device, MaxBatch)
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

    private static void Copy(Tensor from, TensorBuffer to) =>
        MemoryMarshal.Cast<byte, float>(from.cpu().contiguous().bytes).CopyTo(to.Values.Span);
}

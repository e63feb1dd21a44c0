using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>The weights of one model, as they are and as kernels pack them, for all sessions of it in the process. Gone with the last of them.</summary>
/// <remarks>ONNX Runtime shares only weights that are handed to it, by the names that they have in the graph; so the graph is optimised first, since fusing makes new ones.</remarks>
internal sealed class OnnxSharedWeights : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, OnnxSharedWeights> Loaded = new(StringComparer.Ordinal);

    private readonly string _key;
    private readonly byte[] _optimized;
    private readonly List<(string Name, OrtValue Values)> _weights = [];
    private readonly PrePackedWeightsContainer _packed = new();
    private int _users;

    private OnnxSharedWeights(string key, byte[] optimized)
    {
        (_key, _optimized) = (key, optimized);
        foreach (OnnxTensor weight in OnnxGraphEditor.Read(optimized).Constants.Values.Where(static t => t.IsFloat && t.Count > 0))
        {
            // Pinned, since the engine asks for memory that is the caller's.
            float[] values = GC.AllocateUninitializedArray<float>(weight.Values.Length / sizeof(float), pinned: true);
            weight.Values.Span.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            _weights.Add((weight.Name, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(), [.. weight.Shape])));
        }
    }

    /// <summary>Makes a session that shares the model's weights.</summary>
    public static OnnxSession Create(OnnxFile file, OnnxOptions options, SessionOptions session)
    {
        session.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        string key = OptimizedModelCache.KeyOf(file.Bytes, options);

        // Sessions fill the container as they are made, so one at a time.
        lock (Gate)
        {
            if (Loaded.TryGetValue(key, out OnnxSharedWeights? weights))
            {
                return weights.Share(session);
            }

            try
            {
                return Load(file, options, key).Share(session);
            }
            catch (Exception e) when (options.OptimizedModelFolder is not null && e is OnnxRuntimeException or InvalidDataException)
            {
                // As without sharing: an entry that is whole, and refused all the same. The options hold weights of the first try.
                OptimizedModelCache.Delete(options.OptimizedModelFolder!, key);
                using SessionOptions again = OnnxSession.Settings(file, options);
                again.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
                return Load(file, options, key).Share(again);
            }
        }
    }

    private static OnnxSharedWeights Load(OnnxFile file, OnnxOptions options, string key)
    {
        OnnxSharedWeights weights = new(key, Optimize(file, options));
        Loaded.Add(key, weights);
        return weights;
    }

    private OnnxSession Share(SessionOptions session)
    {
        _users++;
        try
        {
            foreach ((string name, OrtValue values) in _weights)
            {
                session.AddInitializer(name, values);
            }

            return new OnnxSession(new InferenceSession(_optimized, session, _packed), OnnxProvider.Cpu, null, this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>One session less.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (--_users > 0)
            {
                return;
            }

            Loaded.Remove(_key);
            _packed.Dispose();
            _weights.ForEach(static w => w.Values.Dispose());
        }
    }

    private static byte[] Optimize(OnnxFile file, OnnxOptions options)
    {
        if (options.OptimizedModelFolder is { } folder)
        {
            return OptimizedModelCache.Get(file, options, folder);
        }

        DirectoryInfo temporary = Directory.CreateTempSubdirectory("cxrnet-");
        try
        {
            return OptimizedModelCache.Get(file, options, temporary.FullName);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }
}

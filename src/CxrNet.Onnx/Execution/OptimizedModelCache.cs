using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>Optimised graphs on disk: <c>key-hash.onnx</c>, where the key stands for the model, the engine, the processor and the options, and the hash for the file's own bytes. An entry whose bytes are not its hash is replaced.</summary>
/// <remarks>Safe for concurrent use, of several processes too: an entry appears whole, by renaming.</remarks>
internal static class OptimizedModelCache
{
    private const int NameLength = 32;

    /// <summary>Makes a session of the entry, after making that where it is not there.</summary>
    public static InferenceSession Create(OnnxFile file, OnnxOptions options, SessionOptions session, string folder)
    {
        session.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        byte[] optimized = Get(file, options, folder);
        try
        {
            return new InferenceSession(optimized, session);
        }
        catch (OnnxRuntimeException)
        {
            // Whole, and refused all the same: written by another build of the engine that calls itself by the same version.
            Delete(folder, KeyOf(file.Bytes, options));
            return new InferenceSession(Get(file, options, folder), session);
        }
    }

    /// <summary>The optimised graph.</summary>
    public static byte[] Get(OnnxFile file, OnnxOptions options, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string key = KeyOf(file.Bytes, options);
            return Find(folder, key) ?? Make(file, options, folder, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CxrModelException(file.Source, $"'{file.Source}': the folder of optimised models, '{folder}', cannot be used: {e.Message}", e);
        }
    }

    /// <summary>What an entry's name begins with.</summary>
    public static string KeyOf(byte[] model, OnnxOptions options)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(model);

        // Layouts are chosen for the processor, so another processor needs another entry.
        string processor = $"{RuntimeInformation.RuntimeIdentifier} {Avx2.IsSupported} {Avx512F.IsSupported} {AvxVnni.IsSupported} {Dp.IsSupported}";
        hash.AppendData(Encoding.UTF8.GetBytes($"{OrtEnv.Instance().GetVersionString()}|{processor}|{options.GraphOptimization}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..NameLength];
    }

    private static byte[]? Find(string folder, string key)
    {
        foreach (string path in Directory.EnumerateFiles(folder, key + "-*.onnx"))
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (Path.GetFileName(path) == NameOf(key, bytes))
            {
                return bytes;
            }

            File.Delete(path);
        }

        return null;
    }

    private static byte[] Make(OnnxFile file, OnnxOptions options, string folder, string key)
    {
        string temporary = Path.Combine(folder, $"{key}-{Guid.NewGuid():N}.tmp");
        try
        {
            using (SessionOptions session = OnnxSession.Settings(file, options))
            {
                session.OptimizedModelFilePath = temporary;
                new InferenceSession(file.Bytes, session).Dispose();
            }

            byte[] optimized = File.ReadAllBytes(temporary);
            File.Move(temporary, Path.Combine(folder, NameOf(key, optimized)), overwrite: true);
            return optimized;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Takes the entries of a key away.</summary>
    public static void Delete(string folder, string key)
    {
        foreach (string path in Directory.EnumerateFiles(folder, key + "-*.onnx"))
        {
            File.Delete(path);
        }
    }

    private static string NameOf(string key, ReadOnlySpan<byte> bytes) => $"{key}-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..NameLength]}.onnx";
}

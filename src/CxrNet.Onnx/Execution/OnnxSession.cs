using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>A session, and what it came to run on.</summary>
/// <param name="Session">The engine's own; whoever holds this disposes of it.</param>
/// <param name="Provider">What runs it.</param>
/// <param name="FallbackReason">Why that is not what was asked for; null where it is.</param>
/// <param name="Weights">Weights that it shares with others, to be let go after the session; null where they are its own.</param>
internal sealed record OnnxSession(InferenceSession Session, OnnxProvider Provider, string? FallbackReason, OnnxSharedWeights? Weights) : IDisposable
{
    /// <summary>Whether the engine reads and writes the processor's memory, so that bound memory is read anew in each run; a card's is copied when it is bound.</summary>
    public bool UsesCpuMemory => Provider == OnnxProvider.Cpu;

    /// <summary>Makes a session on the provider that is asked for, or on the processor where that is allowed.</summary>
    /// <param name="file">The model.</param>
    /// <param name="options">How to load it.</param>
    /// <param name="what">What errors say of the file after its name, for example <c>, taken apart</c>.</param>
    /// <exception cref="CxrModelException">The engine or the provider is not there, or refuses the file.</exception>
    public static OnnxSession Create(OnnxFile file, OnnxOptions options, string what = "")
    {
        try
        {
            OnnxRuntimeLibrary.Silence();
            if (options.UseSharedThreads && !OnnxSharedThreads.AreStarted)
            {
                throw new CxrModelException(file.Source, $"'{file.Source}' was asked for on shared threads, which are not there: call OnnxSharedThreads.Start before the first model is loaded.");
            }

            return options.Provider != OnnxProvider.Cpu && options.AllowCpuFallback ? CreateOrFallBack(file, options, what) : CreateOn(file, options, what);
        }
        catch (Exception e) when (e is not CxrModelException && OnnxRuntimeLibrary.IsMissing(e))
        {
            throw OnnxRuntimeLibrary.Missing(file.Source, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Session.Dispose();
        Weights?.Dispose();
    }

    private static OnnxSession CreateOrFallBack(OnnxFile file, OnnxOptions options, string what)
    {
        try
        {
            return CreateOn(file, options, what);
        }
        catch (CxrModelException e)
        {
            // A file that the processor refuses too is the file's fault, and its error is the one to see.
            return CreateOnProcessor(file, options, e.Message, what);
        }
    }

    /// <summary>The processor in place of what was asked for.</summary>
    public static OnnxSession CreateOnProcessor(OnnxFile file, OnnxOptions options, string reason, string what = "") =>
        CreateOn(file, options with { Provider = OnnxProvider.Cpu, ProviderOptions = OnnxOptions.Default.ProviderOptions }, what) with { FallbackReason = reason };

    private static OnnxSession CreateOn(OnnxFile file, OnnxOptions options, string what)
    {
        using SessionOptions session = Settings(file, options);
        OnnxProviders.Append(session, file.Source, options);
        bool isPlain = options.Provider == OnnxProvider.Cpu && !file.HasExternalData;
        try
        {
            return options switch
            {
                { ShareWeights: true } when isPlain => OnnxSharedWeights.Create(file, options, session),
                { OptimizedModelFolder: { } folder } when isPlain => new(OptimizedModelCache.Create(file, options, session, folder), options.Provider, null, null),
                _ => new(new InferenceSession(file.Bytes, session), options.Provider, null, null),
            };
        }
        catch (OnnxRuntimeException e)
        {
            throw new CxrModelException(file.Source, $"'{file.Source}'{what} was refused by ONNX Runtime: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The options of a session on the processor. The caller disposes of them.</summary>
    public static SessionOptions Settings(OnnxFile file, OnnxOptions options)
    {
        SessionOptions session = new()
        {
            IntraOpNumThreads = options.IntraOpThreads,
            GraphOptimizationLevel = options.GraphOptimization switch
            {
                OnnxGraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
                OnnxGraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                OnnxGraphOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
            },
            // What goes wrong is thrown; the engine's own lines on stderr would say it twice.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Left to itself the engine takes bytes with the mark of its own format for that, which nobody has looked over before.
        session.AddSessionConfigEntry("session.load_model_format", "ONNX");
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
        if (options.UseSharedThreads)
        {
            session.DisablePerSessionThreads();
        }

        if (file.Folder is not null)
        {
            // The bytes that were checked are the bytes that are loaded, so the engine has to be told where the file was.
            session.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", file.Folder);
        }

        return session;
    }
}

namespace CxrNet;

/// <summary>Everything that can go wrong with a model: its file, its card, its backend, its run.</summary>
/// <remarks>The message names the model, what was found and what was expected; the engine's own error is the <see cref="Exception.InnerException"/>.</remarks>
public sealed class CxrModelException : Exception
{
    /// <summary>Creates the exception for one model.</summary>
    /// <param name="modelId">The card's id, or the file's name where no card could be read.</param>
    /// <param name="message">One line: what was found and what was expected.</param>
    /// <param name="innerException">The engine's own error, if there is one.</param>
    public CxrModelException(string modelId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ModelId = modelId;
    }

    /// <summary>The card's id, or the file's name where no card could be read.</summary>
    public string ModelId { get; }
}

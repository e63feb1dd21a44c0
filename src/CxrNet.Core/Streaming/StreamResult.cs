using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace CxrNet;

/// <summary>What a stream gives for one radiograph: a value, or why there is none. The stream goes on either way.</summary>
/// <remarks>Immutable; owns its memory.</remarks>
/// <typeparam name="T">A prediction, a report, a lung mask or an image.</typeparam>
public sealed record StreamResult<T>
    where T : class
{
    /// <summary>The place in the source, from 0; results come in this order.</summary>
    public required long Index { get; init; }

    /// <summary>The <see cref="RadiographSource.Name"/>: a file's path, or what the caller called it.</summary>
    public required string Source { get; init; }

    /// <summary>The value; null where there is an error.</summary>
    public T? Value { get; init; }

    /// <summary>Why there is no value; its message names the source. Null where there is one.</summary>
    public Exception? Error { get; init; }

    /// <summary>The decoded image; null where it could not be read or was not to be kept (<see cref="StreamingOptions.KeepImages"/>).</summary>
    public GrayImage? Image { get; init; }

    /// <summary>How long reading and decoding took; zero where the caller gave an image.</summary>
    public TimeSpan Decode { get; init; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value, for code that wants no partial results.</summary>
    /// <exception cref="Exception">There is none: <see cref="Error"/> is thrown.</exception>
    public T Require()
    {
        if (!IsSuccess)
        {
            ExceptionDispatchInfo.Throw(Error);
        }

        return Value;
    }
}

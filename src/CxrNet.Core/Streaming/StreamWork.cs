namespace CxrNet;

/// <summary>What a stream does with its images: how a batch is scored, and how a value says what it waited for.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="Model">The card's id; null where no model is asked.</param>
/// <param name="Score">Scores a batch of images, one value each, in order.</param>
/// <param name="Stamp">Notes on a value how long decoding and waiting took.</param>
/// <param name="BytesPerPixel">What an image holds until its result is taken, or, where images are not kept, until it is scored.</param>
/// <param name="ValuesHoldImages">Whether a value refers to its image, so that the image's bytes are held until the result is taken.</param>
internal sealed record StreamWork<T>(string? Model, Func<IReadOnlyList<GrayImage>, CancellationToken, IReadOnlyList<T>> Score, Func<T, TimeSpan, TimeSpan, T> Stamp, int BytesPerPixel = sizeof(float), bool ValuesHoldImages = false)
    where T : class;

using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>A pass of an empty image through what was just read: what a graph really takes and gives is known only then.</summary>
internal static class FirstPass
{
    /// <summary>Runs an image of the size that the card describes.</summary>
    /// <param name="network">Disposed of where it cannot run, or is refused.</param>
    /// <param name="card">Says what goes in.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="pass">Runs the image and refuses what comes out where it does not fit the card.</param>
    /// <exception cref="CxrModelException">It does not fit, or libtorch cannot run it.</exception>
    public static T Of<T>(IDisposable network, CxrModelCard card, string source, Device device, Func<Tensor, T> pass)
    {
        CardInput input = card.Input;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        try
        {
            return pass(zeros(1, input.Channels, input.Height, input.Width, device: device));
        }
        catch (Exception e) when (e is ExternalException or CxrModelException)
        {
            network.Dispose();
            throw e as CxrModelException ?? new CxrModelException(source, $"'{source}' cannot run on an input of 1 x {input.Channels} x {input.Height} x {input.Width}, which its card describes: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>Refuses an output of another shape than the card says; none is not refused.</summary>
    /// <exception cref="CxrModelException">It has another one.</exception>
    public static void Require(string source, string? output, Tensor? value, ReadOnlySpan<long> shape)
    {
        if (value is not null && !value.shape.AsSpan().SequenceEqual(shape))
        {
            throw new CxrModelException(source, $"'{source}': output '{output}' is [{string.Join(", ", value.shape)}] for one image, its card asks for [{string.Join(", ", shape.ToArray())}].");
        }
    }
}

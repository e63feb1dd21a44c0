using CxrNet.Torch.Models;

namespace CxrNet.Torch.Training;

/// <summary>Refuses a network that could not be built, or not be loaded again, before it is trained: by the very check that a loader makes of a card.</summary>
internal static class NetworkGuard
{
    /// <exception cref="ArgumentException">The family, a word or a size of it is none that this library has; the message says what was found and what is expected.</exception>
    public static void Require(TrainingOptions options)
    {
        CardNetwork network = options.Network;
        bool classifies = network.Family == "cxrnet";
        if (!classifies && network.Family != "unet")
        {
            throw new ArgumentException($"A network of the family '{network.Family}' cannot be trained; 'cxrnet' or, for lungs, 'unet' expected.", nameof(options));
        }

        CxrModelCard card = new()
        {
            Id = nameof(options.Network),
            Task = classifies ? CxrModelTask.Classification : CxrModelTask.LungSegmentation,
            Input = new CardInput { Height = options.Side, Width = options.Side },
            Outputs = new CardOutputs { Map = classifies && network.Feed == "image" ? null : "map" },
            Network = network,
        };
        try
        {
            // No file bounds what is drawn.
            OwnNetworkCheck.Require(card, nameof(options.Network), long.MaxValue);
        }
        catch (CxrModelException e)
        {
            throw new ArgumentException(e.Message, nameof(options), e);
        }
    }
}

namespace CxrNet.Torch;

/// <summary>Which input a method explains the score by.</summary>
public enum ExplainedPart
{
    /// <summary>The network's input: through the map M and E2.</summary>
    Network,

    /// <summary>What E2 is fed (M·x, as the network's feed says), with M held as it is. Only for networks of this library: methods refuse it for others when they are made, with <see cref="CxrModelException"/>.</summary>
    Encoder,
}

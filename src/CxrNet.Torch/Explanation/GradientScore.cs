namespace CxrNet.Torch;

/// <summary>The number that a method explains.</summary>
public enum GradientScore
{
    /// <summary>The finding's logit: what the papers explain.</summary>
    Logit,

    /// <summary>The finding's probability, with the card's temperature: it also falls where another finding of a softmax rises.</summary>
    Probability,

    /// <summary>The logit plus the logarithm of the probability (ReST, Cai 2025): the gradient does not vanish where the probability saturates.</summary>
    LogitPlusLogProbability,
}

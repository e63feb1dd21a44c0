namespace CxrNet;

/// <summary>What takes the place of evidence that is taken away, at the network's resolution and in the network's own numbers.</summary>
public enum PerturbationReference
{
    /// <summary>The image's mean: a picture without contrast, and zero for a network that standardises each image.</summary>
    Mean,

    /// <summary>Zero in the network's numbers, as RISE and captum have it.</summary>
    Zero,

    /// <summary>The image's own 16 x 16 averages: overall shading stays, detail goes. A network may read a class from the blur alone, so look twice.</summary>
    Blur,
}

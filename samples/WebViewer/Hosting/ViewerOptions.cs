using System.ComponentModel.DataAnnotations;

namespace CxrNet.WebViewer.Hosting;

/// <summary>What the viewer may spend. Section "Viewer" of the configuration; a value out of range stops the start.</summary>
internal sealed record ViewerOptions
{
    public const string Section = "Viewer";

    /// <summary>Greatest file, in bytes; 64 MiB by default.</summary>
    [Range(1024, 1 << 30)]
    public int MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>Greatest width x height, checked before anything is allocated; 40 million by default, twice a large digital radiograph.</summary>
    [Range(1, 1_000_000_000)]
    public long MaxPixels { get; init; } = 40_000_000;

    /// <summary>Images in work at once; 2 by default.</summary>
    [Range(1, 1024)]
    public int MaxConcurrent { get; init; } = 2;

    /// <summary>Requests that may wait for their turn, their bodies still unread; 32 by default. One more is answered with 503.</summary>
    [Range(0, 100_000)]
    public int MaxQueued { get; init; } = 32;

    /// <summary>Seconds after which a request is stopped, its wait included; 120 by default.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>Threads of one forward pass, for each engine; 0 (the default) is the engine's own choice.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Longer side, in pixels, of the image that is sent to the page; a larger one is shrunk for display alone. 3072 by default.</summary>
    [Range(256, 16384)]
    public int DisplaySide { get; init; } = 3072;

    /// <summary>Longer side, in cells, of the map that is sent to the page; 256 by default, more than the network's own 192.</summary>
    [Range(16, 4096)]
    public int MapSide { get; init; } = 256;

    /// <summary>Whether findings and map of an image that is hardly a frontal chest radiograph are withheld, in place of a warning alone; false by default.</summary>
    public bool AbstainWhenUnlike { get; init; }

    /// <summary>The limits for the decoders.</summary>
    public DecodeLimits DecodeLimits => new() { MaxPixels = MaxPixels, MaxFileBytes = MaxFileBytes };
}

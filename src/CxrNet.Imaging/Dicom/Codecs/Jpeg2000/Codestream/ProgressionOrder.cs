namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>In which order the packets of a tile come (ITU-T T.800 B.12.1), named by the outer loops.</summary>
internal enum ProgressionOrder
{
    /// <summary>Layer, resolution, component, position.</summary>
    LayerResolution,

    /// <summary>Resolution, layer, component, position.</summary>
    ResolutionLayer,

    /// <summary>Resolution, position, component, layer.</summary>
    ResolutionPosition,

    /// <summary>Position, component, resolution, layer.</summary>
    PositionComponent,

    /// <summary>Component, position, resolution, layer.</summary>
    ComponentPosition,
}

namespace CxrNet;

/// <summary>What a diagnostic fact means for the reader, from good to bad.</summary>
public enum DiagnosticStatus
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Something is slower or less than it could be, or missing and not needed.</summary>
    Warning,

    /// <summary>Something that is needed does not work.</summary>
    Broken,
}

namespace CxrNet;

/// <summary>When a container loads its models.</summary>
public enum ModelLoading
{
    /// <summary>When first asked for: a quick start, a slow first image, and an error of the model where it is used.</summary>
    Lazy,

    /// <summary>When the host starts: a model that cannot be loaded stops the start.</summary>
    Eager,
}

namespace CxrNet.Torch.Models;

/// <summary>A class or function that a pickle names. Only the names below are known, and none of them is ever called.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    private static readonly HashSet<PickleGlobal> Known =
    [
        OrderedDict, RebuildTensor, RebuildParameter,
        .. TorchStorage.Types.Keys.Select(static name => new PickleGlobal("torch", name)),
    ];

    /// <summary>A dictionary.</summary>
    public static PickleGlobal OrderedDict => new("collections", "OrderedDict");

    /// <summary>A view of a storage.</summary>
    public static PickleGlobal RebuildTensor => new("torch._utils", "_rebuild_tensor_v2");

    /// <summary>A tensor that was a parameter.</summary>
    public static PickleGlobal RebuildParameter => new("torch._utils", "_rebuild_parameter");

    /// <summary>Whether torch.save of a state_dict writes it.</summary>
    public bool IsKnown => Known.Contains(this);
}

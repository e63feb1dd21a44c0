using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>First components of the cells of planes.</summary>
internal static class Principal
{
    /// <summary>Cells x channels, centred, times the first right singular vector.</summary>
    public static Tensor Component(Tensor planes)
    {
        Tensor cells = Cells(planes);
        (_, _, Tensor rows) = linalg.svd(cells, fullMatrices: false);
        return Oriented(matmul(cells, rows.slice(1, 0, 1, 1).transpose(1, 2)).squeeze(2), planes);
    }

    /// <summary>The first eigenvector of the centred kernel matrix times the root of its eigenvalue (Schoelkopf et al. 1998), in double.</summary>
    /// <remarks>Image by image: a kernel has cells x cells numbers, and there are several of them on the way.</remarks>
    public static Tensor KernelComponent(Tensor planes) => cat([.. Enumerable.Range(0, checked((int)planes.shape[0])).Select(i => KernelComponentOfOne(planes.narrow(0, i, 1)))]);

    private static Tensor KernelComponentOfOne(Tensor planes)
    {
        RunCancellation.ThrowIfRequested();
        using var scope = NewDisposeScope();
        Tensor cells = Cells(planes).to(ScalarType.Float64);
        Tensor kernel = ((matmul(cells, cells.transpose(1, 2)) / cells.shape[2]) + 1).tanh();
        Tensor centred = kernel - kernel.mean([1], keepdim: true) - kernel.mean([2], keepdim: true) + kernel.mean([1, 2], keepdim: true);
        (Tensor values, Tensor vectors) = linalg.eigh(centred);
        // Ascending: the last is the first component.
        Tensor component = vectors.slice(2, -1, long.MaxValue, 1).squeeze(2) * values.slice(1, -1, long.MaxValue, 1).clamp_min(0).sqrt();
        return Oriented(component.to(ScalarType.Float32), planes).MoveToOuterDisposeScope();
    }

    private static Tensor Cells(Tensor planes)
    {
        Tensor cells = planes.flatten(2).transpose(1, 2);
        return cells - cells.mean([1], keepdim: true);
    }

    private static Tensor Oriented(Tensor component, Tensor planes)
    {
        Tensor sum = planes.sum(1).flatten(1);
        Tensor agreement = ((sum - sum.mean([1], keepdim: true)) * component).sum(1, keepdim: true);
        return (component * where(agreement < 0, -ones_like(agreement), ones_like(agreement))).view(planes.shape[0], planes.shape[2], planes.shape[3]);
    }
}

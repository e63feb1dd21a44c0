using System.Numerics.Tensors;

namespace CxrNet.Onnx;

/// <summary>Eigen-CAM: the first principal component of the features over the cells: M. B. Muhammad, M. Yeasin, IJCNN 2020 (arXiv 2008.00299).</summary>
/// <remarks>Cells x channels, centred by each channel's mean, times the first right singular vector. The same for every finding. A component has no sign of its own: it is chosen so that the map goes with the sum of the planes.</remarks>
public sealed class EigenCamMap : FeatureMap
{
    /// <summary>Makes the method.</summary>
    /// <param name="model">It stays the caller's.</param>
    public EigenCamMap(OnnxFeatureModel model)
        : base(model)
    {
    }

    /// <inheritdoc/>
    public override string Method => "eigencam";

    private protected override bool IsClassFree => true;

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken)
    {
        double[][] cells = Cells.Centred(view);

        // The Gram matrix A Aᵀ of the cells has the component itself as eigenvector, its length squared as eigenvalue. It is never made: it would be cells times cells.
        return Cells.Signed(view, TopEigenvector.Of(cells.Length, Times, cancellationToken));

        double[] Times(double[] vector)
        {
            double[] channels = new double[view.Model.Channels];
            for (int i = 0; i < cells.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(cells[i], vector[i], channels, channels);
            }

            return Array.ConvertAll(cells, cell => TensorPrimitives.Dot<double>(cell, channels));
        }
    }
}

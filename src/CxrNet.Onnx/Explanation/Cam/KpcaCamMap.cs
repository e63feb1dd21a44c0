namespace CxrNet.Onnx;

/// <summary>KPCA-CAM: the first kernel principal component of the features over the cells: S. Karmani et al. (arXiv 2410.00267).</summary>
/// <remarks>Kernel <c>tanh(x . y / channels + 1)</c> of cells without each channel's mean, centred (B. Schölkopf et al., Neural Comput. 10 (1998) 1299); eigenvector times the root of its eigenvalue. The same for every finding; the sign as in <see cref="EigenCamMap"/>.</remarks>
public sealed class KpcaCamMap : FeatureMap
{
    // Their kernel has 128 MiB.
    private const int MostCells = 4096;

    /// <summary>Makes the method.</summary>
    /// <param name="model">It stays the caller's.</param>
    public KpcaCamMap(OnnxFeatureModel model)
        : base(model)
    {
    }

    /// <inheritdoc/>
    public override string Method => "kpca_cam";

    private protected override bool IsClassFree => true;

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken)
    {
        int n = view.Model.PlaneLength;
        if (n > MostCells)
        {
            throw new CxrModelException(view.Model.Card.Id, $"'{view.Model.FeatureTensor}' of '{view.Model.Card.Id}' has {view.Model.Width} x {view.Model.Height} cells; KPCA-CAM compares each with every other one and takes {MostCells} at most. Name planes further behind, or take Eigen-CAM.");
        }

        double[][] cells = Cells.Centred(view);
        double[,] kernel = new double[n, n];
        double[] means = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j <= i; j++)
            {
                kernel[i, j] = kernel[j, i] = Math.Tanh((System.Numerics.Tensors.TensorPrimitives.Dot<double>(cells[i], cells[j]) / cells[i].Length) + 1);
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                means[i] += kernel[i, j] / n;
            }

            mean += means[i] / n;
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                kernel[i, j] += mean - means[i] - means[j];
            }
        }

        return Cells.Signed(view, TopEigenvector.Of(kernel, cancellationToken));
    }
}

using CxrNet.Torch.Export;
using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Networks;

/// <summary>Writes a network of the field down as a graph, taking its weights by torchvision's names; a normalisation behind a convolution is folded into it.</summary>
/// <remarks>One description gives all: which weights a file must hold, the layers that libtorch runs and the explanation methods look into, and the ONNX file. Every method gives the name of its output.</remarks>
internal sealed class NetworkWriter(OnnxGraphBuilder graph, StateDict weights)
{
    /// <summary>Convolution without bias and normalisation, or, in a file that was folded already, convolution with bias; then an activation. Zeros around keep the size.</summary>
    public string ConvNorm(string input, string conv, string norm, int inputs, int outputs, int kernel, int stride = 1, int groups = 1, Activation activation = Activation.Relu)
    {
        Tensor? weight = weights.Take(conv + ".weight", outputs, inputs / groups, kernel, kernel);
        Tensor? bias = weights.Has(conv + ".bias") ? weights.Take(conv + ".bias", outputs) : null;
        if (bias is null || weights.Has(norm + ".running_mean"))
        {
            (weight, bias) = Fold(weight, bias, TakeNorm(norm, outputs));
        }

        if (weights.IsBroken)
        {
            return input;
        }

        string output = graph.Conv(conv, input, weight!, bias, stride, kernel / 2, kernel / 2, groups);
        return activation switch
        {
            Activation.Relu => graph.Node("Relu", conv, [output]),
            Activation.Relu6 => graph.Clip(conv, output, 0, 6),
            _ => output,
        };
    }

    /// <summary>A convolution by itself, without bias, at stride 1.</summary>
    public string Conv(string input, string conv, int inputs, int outputs, int kernel)
    {
        Tensor? weight = weights.Take(conv + ".weight", outputs, inputs, kernel, kernel);
        return weights.IsBroken ? input : graph.Conv(conv, input, weight!, null, 1, kernel / 2, kernel / 2);
    }

    /// <summary>A normalisation by itself and a ReLU, as DenseNet has them before a convolution.</summary>
    public string NormRelu(string input, string norm, int width)
    {
        (Tensor? gamma, Tensor? beta, Tensor? mean, Tensor? variance) = TakeNorm(norm, width);
        return weights.IsBroken ? input : graph.Node("Relu", norm, [graph.Norm(norm, input, gamma!, beta!, mean!, variance!)]);
    }

    public string MaxPool(string input, string path, int size, int stride, int padding) => graph.MaxPool(path, input, size, stride, padding);

    public string AveragePool(string input, string path, int size) => graph.AveragePool(path, input, size);

    public string Concat(string path, string a, string b) => graph.Concat(path, [a, b]);

    public string Add(string path, string a, string b) => graph.Node("Add", path, [a, b]);

    public string Relu(string path, string input) => graph.Node("Relu", path, [input]);

    /// <summary>Average over each plane, and one linear layer: the graph's outputs <c>features</c>, <c>pooled</c> and <c>logits</c>.</summary>
    public void Head(string features, string head, int width, int findings)
    {
        Tensor? weight = weights.Take(head + ".weight", findings, width), bias = weights.Take(head + ".bias", findings);
        if (!weights.IsBroken)
        {
            string named = graph.Node("Identity", "features", [features], "features");
            string pooled = graph.Node("Flatten", "pooled", [graph.Node("GlobalAveragePool", "pool", [named])], "pooled");
            graph.Gemm(head, pooled, weight!, bias!, "logits");
        }
    }

    private (Tensor? Gamma, Tensor? Beta, Tensor? Mean, Tensor? Variance) TakeNorm(string norm, int width) =>
        (weights.Take(norm + ".weight", width), weights.Take(norm + ".bias", width), weights.Take(norm + ".running_mean", width), weights.Take(norm + ".running_var", width));

    private (Tensor? Weight, Tensor? Bias) Fold(Tensor? weight, Tensor? bias, (Tensor? Gamma, Tensor? Beta, Tensor? Mean, Tensor? Variance) norm) =>
        weights.IsBroken ? default : NormFolding.Fold(weight!, bias, norm.Gamma!, norm.Beta!, norm.Mean!, norm.Variance!);
}

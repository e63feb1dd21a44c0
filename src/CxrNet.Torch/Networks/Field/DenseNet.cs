namespace CxrNet.Torch.Networks;

/// <summary>DenseNet (Huang et al. 2017, arXiv 1608.06993) as torchvision and torchxrayvision build and name it, the latter with one input channel.</summary>
internal static class DenseNet
{
    // How many times the growth a layer's 1x1 convolution is wide.
    private const int Bottleneck = 4;

    public static void Write(NetworkWriter net, FieldShape shape)
    {
        int width = shape.Widths[0], growth = shape.Widths[1];
        string x = net.ConvNorm("input", "features.conv0", "features.norm0", shape.Channels, width, 7, stride: 2);
        x = net.MaxPool(x, "features.pool0", 3, 2, 1);
        for (int block = 1; block <= shape.Repeats.Count; block++)
        {
            for (int layer = 1; layer <= shape.Repeats[block - 1]; layer++)
            {
                string path = $"features.denseblock{block}.denselayer{layer}";
                string y = net.NormRelu(x, path + ".norm1", width);
                y = net.ConvNorm(y, path + ".conv1", path + ".norm2", width, Bottleneck * growth, 1);
                x = net.Concat(path, x, net.Conv(y, path + ".conv2", Bottleneck * growth, growth, 3));
                width += growth;
            }

            if (block < shape.Repeats.Count)
            {
                string path = $"features.transition{block}";
                x = net.Conv(net.NormRelu(x, path + ".norm", width), path + ".conv", width, width / 2, 1);
                x = net.AveragePool(x, path + ".pool", 2);
                width /= 2;
            }
        }

        net.Head(net.NormRelu(x, "features.norm5", width), "classifier", width, shape.Findings);
    }
}

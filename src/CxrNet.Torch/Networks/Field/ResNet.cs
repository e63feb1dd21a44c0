namespace CxrNet.Torch.Networks;

/// <summary>ResNet (He et al. 2016, arXiv 1512.03385) as torchvision builds and names it: in a bottleneck the 3x3 convolution strides.</summary>
internal static class ResNet
{
    private const int Widening = 4;

    public static void Write(NetworkWriter net, FieldShape shape, bool bottleneck)
    {
        int width = shape.Widths[0];
        string x = net.ConvNorm("input", "conv1", "bn1", shape.Channels, width, 7, stride: 2);
        x = net.MaxPool(x, "maxpool", 3, 2, 1);
        for (int level = 0; level < shape.Widths.Count; level++)
        {
            for (int block = 0; block < shape.Repeats[level]; block++)
            {
                string path = $"layer{level + 1}.{block}";
                int stride = level > 0 && block == 0 ? 2 : 1, inner = shape.Widths[level], outputs = bottleneck ? inner * Widening : inner;
                string y = bottleneck ? Bottleneck(net, x, path, width, inner, stride) : Basic(net, x, path, width, inner, stride);
                string shortcut = stride == 1 && width == outputs ? x
                    : net.ConvNorm(x, path + ".downsample.0", path + ".downsample.1", width, outputs, 1, stride, activation: Activation.None);
                x = net.Relu(path, net.Add(path, y, shortcut));
                width = outputs;
            }
        }

        net.Head(x, "fc", width, shape.Findings);
    }

    private static string Basic(NetworkWriter net, string x, string path, int inputs, int width, int stride)
    {
        x = net.ConvNorm(x, path + ".conv1", path + ".bn1", inputs, width, 3, stride);
        return net.ConvNorm(x, path + ".conv2", path + ".bn2", width, width, 3, activation: Activation.None);
    }

    private static string Bottleneck(NetworkWriter net, string x, string path, int inputs, int width, int stride)
    {
        x = net.ConvNorm(x, path + ".conv1", path + ".bn1", inputs, width, 1);
        x = net.ConvNorm(x, path + ".conv2", path + ".bn2", width, width, 3, stride);
        return net.ConvNorm(x, path + ".conv3", path + ".bn3", width, width * Widening, 1, activation: Activation.None);
    }
}

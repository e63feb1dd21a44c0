namespace CxrNet.Torch.Networks;

/// <summary>MobileNetV2 (Sandler et al. 2018, arXiv 1801.04381) as torchvision builds and names it: zeros on all sides at stride 2, where TensorFlow and <see cref="MobileNetV2"/> pad after alone.</summary>
internal static class MobileNetV2Classifier
{
    public static void Write(NetworkWriter net, FieldShape shape)
    {
        int width = shape.Widths[0], index = 1;
        string x = net.ConvNorm("input", "features.0.0", "features.0.1", shape.Channels, width, 3, stride: 2, activation: Activation.Relu6);
        for (int stage = 0; stage < shape.Repeats.Count; stage++)
        {
            (int expansion, _, _, int stride) = MobileNetV2.Stages[stage];
            for (int i = 0; i < shape.Repeats[stage]; i++)
            {
                x = Block(net, x, $"features.{index++}", width, shape.Widths[stage + 1], expansion, i == 0 ? stride : 1);
                width = shape.Widths[stage + 1];
            }
        }

        x = net.ConvNorm(x, $"features.{index}.0", $"features.{index}.1", width, shape.Widths[^1], 1, activation: Activation.Relu6);
        net.Head(x, "classifier.1", shape.Widths[^1], shape.Findings);
    }

    private static string Block(NetworkWriter net, string input, string path, int inputs, int outputs, int expansion, int stride)
    {
        int hidden = inputs * expansion, part = 0;
        string x = input;
        if (expansion > 1)
        {
            x = net.ConvNorm(x, $"{path}.conv.{part}.0", $"{path}.conv.{part}.1", inputs, hidden, 1, activation: Activation.Relu6);
            part++;
        }

        x = net.ConvNorm(x, $"{path}.conv.{part}.0", $"{path}.conv.{part}.1", hidden, hidden, 3, stride, groups: hidden, activation: Activation.Relu6);
        x = net.ConvNorm(x, $"{path}.conv.{part + 1}", $"{path}.conv.{part + 2}", hidden, outputs, 1, activation: Activation.None);
        return stride == 1 && inputs == outputs ? net.Add(path, x, input) : x;
    }
}

using CxrNet.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>One stage of a run: which part learns, on which loss, for how long.</summary>
/// <param name="Name">As the log has it.</param>
/// <param name="Index">From 0; part of every random draw's seed.</param>
/// <param name="Epochs">How many.</param>
internal sealed record Phase(string Name, int Index, int Epochs)
{
    public const string Encoder = "encoder";
    public const string Map = "map";
    public const string Joint = "joint";

    public static Phase[] Of(TrainingOptions options) => options.Preset == TrainingPreset.Paper
        ? [new(Joint, 0, options.EncoderEpochs)]
        : [new(Encoder, 0, options.EncoderEpochs), new(Map, 1, options.MapEpochs)];

    /// <summary>Sets the parts that learn to training and the rest to inference, and gives what the optimizer moves.</summary>
    public IEnumerable<Parameter> Parameters(CxrNetwork network)
    {
        SetMode(network);
        return Name switch
        {
            Encoder => network.Encoder.parameters(),
            Map => network.Map.parameters(),
            _ => network.parameters(),
        };
    }

    /// <summary>E2 stays in inference mode in the map's phase: its batch statistics must not move either.</summary>
    public void SetMode(CxrNetwork network)
    {
        network.train();
        if (Name == Map)
        {
            network.Encoder.eval();
        }

        foreach (Parameter parameter in network.Encoder.parameters())
        {
            parameter.requires_grad = Name != Map;
        }
    }

    public Tensor Loss(Losses losses, CxrNetwork network, Tensor input, Batch batch, Random random) => Name switch
    {
        Encoder => losses.Encoder(network, input, batch, random),
        Map => losses.Map(network, input, batch),
        _ => losses.Joint(network, input, batch),
    };
}

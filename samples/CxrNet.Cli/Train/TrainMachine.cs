using static CxrNet.Cli.TrainSwitch;

namespace CxrNet.Cli;

/// <summary>Options of train: what it runs on, and from which draws.</summary>
internal static class TrainMachine
{
    public static IEnumerable<TrainSwitch> Create() =>
    [
        Of<bool>("--half-precision", null, "Convolutions in bfloat16: half as fast again on a processor that has it (avx512_bf16), slower elsewhere.", static (o, v) => o.Options = o.Options with { HalfPrecision = v }),
        Of<int>("--seed", "N", "Every random draw follows from it.", static (o, v) => o.Options = o.Options with { Seed = v }),
        Of<int>("--threads", "N", "Threads; more than there are free cores is many times slower.", static (o, v) => o.Options = o.Options with { Threads = v }),
    ];
}

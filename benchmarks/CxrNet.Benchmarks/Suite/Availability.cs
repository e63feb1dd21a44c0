using CxrNet.Benchmarks.Peers;
using CxrNet.Torch;

namespace CxrNet.Benchmarks;

/// <summary>What this machine has of that which not every machine has.</summary>
internal static class Availability
{
    private static readonly Dictionary<string, string?> Known = new(StringComparer.Ordinal);

    /// <summary>Why something cannot be measured here; null where it can.</summary>
    public static string? ReasonAgainst(string what)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(what, out string? reason))
            {
                Known[what] = reason = Look(what);
            }

            return reason;
        }
    }

    /// <summary>The same, and the reason goes to the report.</summary>
    public static bool Has(string what, string forWhat)
    {
        if (ReasonAgainst(what) is not { } reason)
        {
            return true;
        }

        Skips.Add(forWhat, reason);
        return false;
    }

    private static string? Look(string what)
    {
        try
        {
            switch (what)
            {
                case "torch":
                    using (TorchClassifier.Load(BenchmarkModel.Bytes, name: "the shipped model"))
                    {
                        return null;
                    }

                case "opencv":
                    using (OpenCvNetwork network = new(1, 1))
                    {
                        network.RunOnce();
                        return null;
                    }

                case "int8":
                    return BenchmarkModel.Int8File is null ? "no int8 copy of the model: CXRNET_INT8 names none that is there." : null;
                default:
                    return $"nothing is known of '{what}'.";
            }
        }
        catch (Exception e) when (e is CxrModelException or TypeInitializationException or DllNotFoundException or OpenCvSharp.OpenCVException or NotSupportedException or OpenCvSharp.OpenCvSharpException)
        {
            return e.GetBaseException().Message.Split('\n')[0];
        }
    }
}

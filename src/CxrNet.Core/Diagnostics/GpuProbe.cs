namespace CxrNet;

/// <summary>NVIDIA's graphics cards and driver. Whether an engine can use them, its own probe says.</summary>
internal sealed class GpuProbe : IDiagnosticProbe
{
    public string Area => "gpu";

    public IEnumerable<DiagnosticFact> Look()
    {
        if (NvidiaDriver.Find() is not { } driver)
        {
            yield return new DiagnosticFact(Area, "NVIDIA driver", "none", DiagnosticStatus.Note);
            yield break;
        }

        yield return new DiagnosticFact(Area, "NVIDIA driver", $"{driver.Version}{(driver.Cuda is { } cuda ? $", up to CUDA {cuda}" : "")}");
        for (int i = 0; i < driver.Devices.Count; i++)
        {
            yield return new DiagnosticFact(Area, $"device {i}", driver.Devices[i]);
        }

        if (driver.Devices.Count == 0)
        {
            yield return new DiagnosticFact(Area, "devices", "none", DiagnosticStatus.Warning, "The driver sees no device; in a container start it with --gpus all.");
        }
    }
}

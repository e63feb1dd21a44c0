using System.Diagnostics;

namespace CxrNet.Cli.Tests;

/// <summary>The built program as a user starts it.</summary>
public sealed class RunningAsAProcess
{
    [Fact]
    public void ClassifyingLoadsNothingOfLibtorchAndKeepsStdoutClean()
    {
        using Cli cli = new();
        (int code, string output, string error) = Start("classify", cli.Phantom("a.png"), cli.Path("none.png"), "--model", cli.Model, "--json");
        Assert.Equal(1, code);
        Assert.Equal("", error);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => Assert.StartsWith("{", l, StringComparison.Ordinal));
    }

    [Fact]
    public void ItAnswersWithoutTheAssembliesOfTorch()
    {
        using Cli cli = new();
        string copy = CopyWithout(cli, "*Torch*", "");

        (int code, string output, string error) = StartIn(copy, "classify", cli.Phantom("a.png"), "--model", cli.Model, "--json");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("\"findings\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTheNativeRuntimeItNamesThePackageToAdd()
    {
        using Cli cli = new();
        string copy = CopyWithout(cli, "*onnxruntime.*", "Microsoft.ML.OnnxRuntime.dll");

        (int code, _, string error) = StartIn(copy, "classify", cli.Phantom("a.png"), "--model", cli.Model);
        Assert.Equal(1, code);
        Assert.Contains("Microsoft.ML.OnnxRuntime", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTheNativeRuntimeTheDoctorSaysSoAndFails()
    {
        using Cli cli = new();
        string copy = CopyWithout(cli, "*onnxruntime.*", "Microsoft.ML.OnnxRuntime.dll");

        (int code, string output, _) = StartIn(copy, "doctor", cli.Model, "--json");
        Assert.Equal(1, code);
        System.Text.Json.JsonElement[] facts = [.. System.Text.Json.JsonDocument.Parse(output).RootElement.GetProperty("facts").EnumerateArray()];
        System.Text.Json.JsonElement library = facts.Single(static f => f.GetProperty("area").GetString() == "onnx");
        Assert.Equal("broken", library.GetProperty("status").GetString());
        Assert.Contains("Microsoft.ML.OnnxRuntime", library.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.Equal("fine", facts.Single(static f => f.GetProperty("name").GetString() == "SkiaSharp").GetProperty("status").GetString());
    }

    [Fact]
    public async Task CtrlCEndsAComparisonInOrder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        using Cli cli = new();
        string[] args = ["compare-maps", "--phantom", "4000", "--methods", "random", "--steps", "4", "--parallel", "1", "--out", cli.Path("out"), "--model", cli.Model];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CxrNet.Cli.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!File.Exists(cli.Path("out/images/00001.json")) && !process.HasExited)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));   // a shell that starts the tests in the background has them ignore Ctrl+C, and their children too
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        Assert.Contains("cxrnet: cancelled.", await error, StringComparison.Ordinal);
        Assert.Equal(130, process.ExitCode);
        Assert.True(File.Exists(cli.Path("out/maps.html")), await output);
    }

    private static (int Code, string Output, string Error) Start(params string[] args) => StartIn(AppContext.BaseDirectory, args);

    private static (int Code, string Output, string Error) StartIn(string folder, params string[] args)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(folder, "CxrNet.Cli.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>The program in another folder, without the files of a pattern but for one.</summary>
    private static string CopyWithout(Cli cli, string pattern, string kept)
    {
        string copy = cli.Path("app");
        CopyFolder(AppContext.BaseDirectory, copy);
        foreach (string file in Directory.GetFiles(copy, pattern, SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != kept))
        {
            File.Delete(file);
        }

        return copy;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            // Natives of other systems are most of the bytes.
            if (target.Contains("/runtimes/", StringComparison.Ordinal) && !target.Contains($"/{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}/", StringComparison.Ordinal))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

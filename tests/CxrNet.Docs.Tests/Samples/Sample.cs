using System.Reflection;

namespace CxrNet.Docs.Tests;

/// <summary>A sample in this process, in a folder of its own.</summary>
internal sealed class Sample : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;

    public Sample()
    {
        Folder = Directory.CreateTempSubdirectory("cxrnet-sample-").FullName;
        Environment.CurrentDirectory = Folder;
    }

    public string Folder { get; }

    public string Phantom(string name, PhantomClass shown = PhantomClass.Covid19)
    {
        string file = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Imaging.PngFile.Write(file, Given.Draw(1, shown));
        return file;
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="name">The project's, which is its assembly's too.</param>
    /// <param name="args">What stands behind <c>--</c>.</param>
    /// <returns>Exit code and what it printed.</returns>
    public static async Task<(int Code, string Output)> Run(string name, params string[] args)
    {
        MethodInfo main = Assembly.Load(name).EntryPoint!;
        using StringWriter output = new();
        (TextWriter console, TextWriter error) = (Console.Out, Console.Error);
        Console.SetOut(output);
        Console.SetError(TextWriter.Null);
        try
        {
            object? code = await Task.Run(() => main.Invoke(null, [args]), TestContext.Current.CancellationToken);
            return (code as int? ?? 0, output.ToString());
        }
        finally
        {
            Console.SetOut(console);
            Console.SetError(error);
        }
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(Folder, recursive: true);
    }
}

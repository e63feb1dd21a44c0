using System.CommandLine;
using CxrNet.Imaging;

namespace CxrNet.Cli;

internal static class PhantomCommand
{
    public static Command Create()
    {
        Option<string> phantomClass = new("--class") { Description = "What the drawn chest shows.", DefaultValueFactory = _ => "covid19" };
        phantomClass.AcceptOnlyFromAmong([.. Enum.GetValues<PhantomClass>().Select(c => c.FindingName())]);
        Option<string> file = new("--out", "-o") { Description = "The PNG file to write.", DefaultValueFactory = _ => "demo.png", HelpName = "FILE" };
        Option<string?> mask = new("--mask") { Description = "Also write the lesions' mask there, black and white.", HelpName = "FILE" };
        Option<int> size = Shared.AtLeast(16, new("--size") { Description = "Rows and columns.", DefaultValueFactory = _ => 512, HelpName = "N" });
        Option<int> seed = new("--seed") { Description = "Another seed is another patient.", DefaultValueFactory = _ => 1, HelpName = "N" };
        Command command = new("phantom", "Draws a synthetic chest X-ray: nobody's data, for trying things out.") { phantomClass, file, mask, size, seed };
        command.SetAction(parsed =>
        {
            PhantomOptions options = new()
            {
                Class = PhantomClasses.Parse(parsed.GetValue(phantomClass)!),
                Seed = parsed.GetValue(seed),
                Width = parsed.GetValue(size),
                Height = parsed.GetValue(size),
            };
            ChestPhantom phantom = ChestPhantom.Create(options);
            Write(parsed.GetValue(file)!, path => PngFile.Write(path, phantom.Image));
            if (parsed.GetValue(mask) is { } maskFile)
            {
                byte[] pixels = Array.ConvertAll(phantom.Lesion.ToArray(), static inside => inside ? byte.MaxValue : byte.MinValue);
                Write(maskFile, path => PngFile.WriteGrey(path, pixels, options.Width, options.Height));
            }

            parsed.InvocationConfiguration.Output.WriteLine($"{parsed.GetValue(file)}: a drawn chest of {options.Width} x {options.Height}, {options.Class.FindingName()}, seed {options.Seed}.");
            return 0;
        });
        return command;
    }

    private static void Write(string path, Action<string> write)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        write(path);
    }
}

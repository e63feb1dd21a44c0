using CxrNet.TestData;

namespace CxrNet.Core.Tests;

/// <summary>The manifests are walked by theories, one case a file; here they are counted, so that no file is left out of the manifest, and none of the manifest out of a test.</summary>
[Trait("Category", "golden")]
public sealed class WalkingTheGoldenFolders
{
    [Theory]
    [InlineData("resize")]
    [InlineData("segpost")]
    [InlineData("color")]
    public void EveryFileIsACaseOfItsTest(string folder)
    {
        string path = TestFolders.RequireGolden(folder);
        string[] onDisk =
        [
            .. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))
                .Where(file => file is not ("manifest.json" or "README.md"))
                .Order(StringComparer.Ordinal),
        ];
        string[] cases = [.. CasesOf(folder).Select(row => row.Data).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(cases);
        Assert.Equal(onDisk, cases);
        TestContext.Current.TestOutputHelper?.WriteLine($"golden/{folder}: {cases.Length} files, a case each.");
    }

    private static TheoryData<string> CasesOf(string folder) => folder switch
    {
        "resize" => Preprocessing.ResizingAsPythonDoes.Manifest,
        "segpost" => Segmentation.CleaningMasksAsPythonDoes.Manifest,
        _ => Rendering.ColouringAsPythonDoes.Manifest,
    };
}

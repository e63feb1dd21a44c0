using System.Text;
using CxrNet.Evaluation;

namespace CxrNet.Cli.Tests;

public sealed class ChoosingWhatToLearn : IDisposable
{
    private static readonly string[] Rows =
    [
        "a.png,normal,train,nih,1,small;squashed",
        "b.png,covid19,train,cohen,2,covid-without-visible-finding",
        "c.png,covid19,train,cohen,3,",
        "d.png,normal,val,nih,4,",
        "e.png,covid19,val,cohen,5,",
    ];

    private readonly Cli _cli = new();

    [Fact]
    public void SourcesAreLeftOutAndRemarksTaughtAsAnotherClass()
    {
        TrainingRows rows = Choose(Request() with { WithoutSources = ["nih"], Teach = ["covid-without-visible-finding=normal"] }, out string said);
        Assert.Equal(["b.png normal", "c.png covid19"], rows.Training.Select(Said));
        Assert.Equal(["e.png covid19"], rows.Validation.Select(Said));
        Assert.Equal("warning: no image of split 'val' is labelled normal, so the best epoch is chosen without regard to it.", said.Trim());
    }

    [Fact]
    public void ShuffledLabelsAreTheSameOnesAndTheChoiceKeepsItsOwn()
    {
        TrainingRows rows = Choose(Request() with { ShuffleLabels = true }, out _);
        Assert.Equal(["covid19", "covid19", "normal"], rows.Training.Select(static row => row.Label).Order(StringComparer.Ordinal));
        Assert.Equal(["d.png normal", "e.png covid19"], rows.Validation.Select(Said));
    }

    [Fact]
    public void NamesThatOccurNowhereAreRefused()
    {
        Assert.Contains("--without-source names 'nih-typo'; the sources that are there: cohen, nih.", Refusal(Request() with { WithoutSources = ["nih-typo"] }), StringComparison.Ordinal);
        Assert.Contains("--teach names 'no-such-note'; the remarks that are there: covid-without-visible-finding, small, squashed.", Refusal(Request() with { Teach = ["no-such-note=normal"] }), StringComparison.Ordinal);
        Assert.Contains("--teach names 'nromal'", Refusal(Request() with { Teach = ["small=nromal"] }), StringComparison.Ordinal);
        Assert.Contains("--split-sources-by names 'typo'", Refusal(Request() with { Options = new() { SourceNotes = ["typo"] } }), StringComparison.Ordinal);
        Assert.Contains("NOTE=LABEL expected", Refusal(Request() with { Teach = ["small"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void TheChoiceIsNotMadeOnWhatIsLearnt() =>
        Assert.Contains("both 'train'", Refusal(Request() with { ValidationSplit = "train" }), StringComparison.Ordinal);

    [Fact]
    public void PatientsInBothSplitsAreCountedAndNamed()
    {
        Choose(Request([.. Rows, "f.png,normal,val,nih,2,", "g.png,normal,val,nih,3,"]), out string said);
        Assert.Equal("warning: 2 patients have images in both splits, so the choice is made on people that were learnt: 2, 3.", said.Trim());
    }

    [Fact]
    public void FilesInBothSplitsAreRefused() =>
        Assert.Contains("1 files are in both splits: ", Refusal(Request([.. Rows, "a.png,normal,val,nih,1,"])), StringComparison.Ordinal);

    [Fact]
    public void ASplitThatIsLeftWithoutARowIsNamed()
    {
        Assert.Contains("is of split 'vla'; there are train, val.", Assert.Throws<InvalidDataException>(() => Choose(Request() with { ValidationSplit = "vla" }, out _)).Message, StringComparison.Ordinal);
        Assert.Contains("None of the 1 rows of split 'val' is left without the sources nih", Assert.Throws<InvalidDataException>(() => Choose(Request([.. Rows[..4]]) with { WithoutSources = ["nih"] }, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AClassThatNothingTeachesIsRefused() =>
        Assert.Equal("No image of split 'train' is labelled tuberculosis: the network would have an output that nothing teaches. Leave it out of --classes.", Refusal(Request() with { Classes = ["normal", "covid19", "tuberculosis"] }));

    [Fact]
    public void ALabelThatIsNoneOfTheClassesIsRefusedWithItsFile()
    {
        string message = Assert.Throws<InvalidDataException>(() => Choose(Request() with { Classes = ["covid19"] }, out _)).Message;
        Assert.Contains("a.png' is labelled 'normal'; covid19 expected", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrainingOfLungsReadsNoLabels() =>
        Assert.Single(Choose(Request(["a.png,,train,,,,m.png", "b.png,,val,,,,m.png"], ",lung_mask") with { Lungs = true, Classes = [] }, out _).Training);

    [Theory]
    [InlineData("--learning-rate", "0,001")]
    [InlineData("--lung-share", "1,000")]
    [InlineData("--tone", "x")]
    public void ANumberHasAPoint(string option, string value)
    {
        CliResult result = Cli.Run("train", "--data", "m.csv", "--out", "run", option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{option} is '{value}'; a number such as 0.001 was expected.", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    private TrainRequest Request(string[]? rows = null, string columns = "") => new()
    {
        Manifests = [_cli.Write("manifest.csv", Encoding.UTF8.GetBytes($"file,label,split,source,patient_group,notes{columns}\n" + string.Join('\n', rows ?? Rows)))],
        Lungs = false,
        Folder = "run",
        TrainSplit = "train",
        ValidationSplit = "val",
        Classes = ["normal", "covid19"],
        Options = new(),
    };

    private static TrainingRows Choose(TrainRequest request, out string said)
    {
        StringWriter error = new();
        TrainingRows rows = new(request, error);
        said = error.ToString();
        return rows;
    }

    private static string Refusal(TrainRequest request) => Assert.Throws<ArgumentException>(() => Choose(request, out _)).Message;

    private static string Said(ManifestEntry row) => $"{Path.GetFileName(row.File)} {row.Label}";
}

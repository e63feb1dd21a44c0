namespace CxrNet.Evaluation.Tests;

public sealed class ReadingAManifest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void ColumnsAreFoundByNameAndPathsLieBesideTheManifest()
    {
        ManifestEntry entry = Assert.Single(Read("label,age,file,split,source,patient_group,view,sex,license,notes,lung_mask", "normal,61,a/b.png,test,nih,17,PA,F,CC0,paediatric;x,m.png"));
        Assert.Equal((Path.Combine(_folder, "a/b.png"), "normal", "test", "nih", "17"), (entry.File, entry.Label, entry.Split, entry.Source, entry.PatientGroup));
        Assert.Equal(("PA", 61.0, "F", "CC0", "paediatric;x", Path.Combine(_folder, "m.png")), (entry.View, entry.AgeYears, entry.Sex, entry.License, entry.Notes, entry.LungMask));
    }

    [Fact]
    public void WhatAManifestDoesNotSayIsEmpty()
    {
        ManifestEntry entry = Assert.Single(Read("file,label,split", "a.png,normal,test"));
        Assert.Equal(("", "", "", null, null), (entry.Source, entry.PatientGroup, entry.Notes, entry.AgeYears, entry.LungMask));
    }

    [Fact]
    public void SpacesAroundCommasAreNoPartOfAValue()
    {
        ManifestEntry entry = Assert.Single(Read("file, label, split", "a.png, normal, test"));
        Assert.Equal((Path.Combine(_folder, "a.png"), "normal", "test"), (entry.File, entry.Label, entry.Split));
    }

    [Theory]
    [InlineData("0", "0-17"), InlineData("17.9", "0-17"), InlineData("18", "18-39"), InlineData("39", "18-39"), InlineData("40", "40-64"), InlineData("65", "65+")]
    [InlineData("-5", "paediatric"), InlineData("NaN", "paediatric"), InlineData("061Y", "paediatric"), InlineData("", "paediatric")]
    public void AgesAreGroupedAndWhatIsNoneIsNotKnown(string age, string group) =>
        Assert.Equal(group, Assert.Single(Read("file,label,split,age,notes", $"a.png,normal,test,{age},paediatric")).AgeGroup);

    [Fact]
    public void ARowWithoutAFileIsNamed() =>
        Assert.Contains("line 3: no file is named", Assert.Throws<InvalidDataException>(() => Read("file,label,split", "a.png,normal,test", ",normal,test")).Message, StringComparison.Ordinal);

    [Fact]
    public void OtherNamesOfMaskAndPatientAreKnown()
    {
        ManifestEntry entry = Assert.Single(Read("file,mask,label,split,patient_id", "a.png,m.png,normal,test,ieee-39"));
        Assert.Equal(("ieee-39", Path.Combine(_folder, "m.png")), (entry.PatientGroup, entry.LungMask));
    }

    [Fact]
    public void AMaskOfTheDiseaseHasAColumnOfItsOwn()
    {
        IReadOnlyList<ManifestEntry> entries = Read("file,lesion_mask,label,split", "a.png,lesions/a.png,covid19,test", "b.png,,normal,test");
        Assert.Equal([Path.Combine(_folder, "lesions/a.png"), null], entries.Select(e => e.LesionMask));
        Assert.Null(entries[0].LungMask);
    }

    // Whoever compares the files of two splits would miss one that is spelt in two ways.
    [Fact]
    public void AFileHasOnePathHoweverItIsSpelt() =>
        Assert.Equal(Path.Combine(_folder, "img/1.png"), Assert.Single(Read("file,label,split", "../" + Path.GetFileName(_folder) + "/img/./1.png,normal,test")).File);

    [Fact]
    public void AFolderIsNamedAsOne() =>
        Assert.Equal($"'{_folder}' is a folder; a CSV manifest with the columns file, label, split was expected.", Refusal(_folder, null));

    [Fact]
    public void SpacesAroundTheHeadersNamesDoNotMatter() =>
        Assert.Equal("nih", Assert.Single(Read("file, label , split, source", "a.png,normal,test,nih")).Source);

    [Fact]
    public void OnlyTheSplitThatIsAskedForIsRead()
    {
        string path = Write("file,label,split", "a.png,normal,train", "b.png,normal,test");
        Assert.Equal("b.png", Path.GetFileName(Assert.Single(ImageManifest.Read(path, "test")).File));
        Assert.Equal(2, ImageManifest.Read(path).Count);
        Assert.Contains("no row of split 'vla'; it has test, train", Refusal(path, "vla"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.png,normal", "line 3: 2 fields, 3 expected")]
    [InlineData("a.png,normal,test,more", "line 3: 4 fields, 3 expected")]
    [InlineData("a\"b.png,normal,test", "line 3: a quote")]
    public void ABrokenRowIsNamedWithItsLine(string row, string message)
    {
        string path = Write("file,label,split", "a.png,normal,test", row);
        Assert.Contains(message, Refusal(path, null), StringComparison.Ordinal);
        Assert.Contains(path, Refusal(path, null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file,label,source", "has no column 'split'; it has file, label, source")]
    [InlineData("file;label;split", "not semicolons")]
    [InlineData("", "is empty")]
    public void AHeaderThatLacksSomethingIsRefused(string header, string message) =>
        Assert.Contains(message, Refusal(Write(header), null), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<ManifestEntry> Read(params string[] lines) => ImageManifest.Read(Write(lines));

    private string Write(params string[] lines)
    {
        string path = Path.Combine(_folder, "manifest.csv");
        File.WriteAllText(path, string.Join('\n', lines));
        return path;
    }

    private static string Refusal(string path, string? split) => Assert.Throws<InvalidDataException>(() => ImageManifest.Read(path, split)).Message;
}

using System.Text.RegularExpressions;

namespace CxrNet.Evaluation.Tests;

/// <summary>The headings of a page's tables that can be sorted.</summary>
internal static partial class SortedTables
{
    /// <summary>Their names, table after table; a heading that is no button, or a script that does not say how a table is sorted, fails the test.</summary>
    public static string[] HeadingsOf(string page)
    {
        Assert.Contains("setAttribute('aria-sort'", page, StringComparison.Ordinal);
        string[] headings = [.. Head().Matches(page).SelectMany(static head => Heading().Matches(head.Value)).Select(static h => h.Groups[1].Value)];
        return Array.ConvertAll(headings, static heading =>
        {
            Match button = Button().Match(heading);
            Assert.True(button.Success, $"The heading '{heading}' is no button.");
            return Tag().Replace(button.Groups[1].Value, "");
        });
    }

    [GeneratedRegex(@"<table class=""sort""><thead>.*?</thead>")]
    private static partial Regex Head();

    [GeneratedRegex("<th(?: [^>]*)?>(.*?)</th>")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^<button type=""button"">(.+)</button>$")]
    private static partial Regex Button();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}

namespace CxrNet.Docs.Tests;

/// <summary>A fenced block.</summary>
/// <param name="Page">Relative to the repository.</param>
/// <param name="Line">The page's line that the block's text begins on, from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">What stands between the fences.</param>
/// <param name="Marker">What the comment above it says.</param>
internal sealed record Block(string Page, int Line, string Language, string Text, Marker Marker);

using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CxrNet.Docs.Tests;

/// <summary>A block of C# as a program: the usings that a project has, what <see cref="Given"/> holds, the types of earlier blocks of its page, and the block.</summary>
internal sealed class BlockProgram
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using CxrNet;
        global using CxrNet.Evaluation;
        global using CxrNet.Imaging;
        global using CxrNet.Models;
        global using CxrNet.Onnx;
        global using CxrNet.Torch;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using static CxrNet.Docs.Tests.Given;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    // What this process could load is what a block may refer to.
    private static readonly Lazy<MetadataReference[]> References = new(static () =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists).Select(static file => MetadataReference.CreateFromFile(file))]);

    private readonly Block _block;
    private readonly SyntaxTree _tree;

    public BlockProgram(Block block)
    {
        _block = block;
        _tree = Parse(block);
    }

    /// <summary>Every string literal: where the files are named that a block reads.</summary>
    public IEnumerable<string> Literals => _tree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>().Where(static l => l.IsKind(SyntaxKind.StringLiteralExpression)).Select(static l => l.Token.ValueText);

    private bool HasStatements => HasStatementsIn(_tree);

    /// <summary>Compiles it.</summary>
    /// <returns>The program, or null for a block that only declares types.</returns>
    public MethodInfo? Compile()
    {
        SyntaxTree[] earlier = [.. Page.BlocksOf(_block.Page).Where(b => b.Line < _block.Line && b.Language == _block.Language && b.Marker.Compiles).Select(Parse).Where(static tree => !HasStatementsIn(tree))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Block" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(Usings, Language), .. earlier, _tree],
            References.Value,
            new CSharpCompilationOptions(HasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        using MemoryStream assembly = new();
        Diagnostic[] errors = [.. compilation.Emit(assembly).Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, $"""
            {_block.Page}:{_block.Line}: this block does not compile:
            {string.Join('\n', errors.Select(static e => $"  line {e.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: {e.Id}: {e.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"))}
            What a reader has at hand there (an image, a logger …) goes into tests/CxrNet.Docs.Tests/Given.cs; a block that no test can compile has '<!-- not compiled: why -->' on the line above it.
            """);
        return new AssemblyLoadContext(null, isCollectible: false).LoadFromStream(new MemoryStream(assembly.ToArray())).EntryPoint;
    }

    private static bool HasStatementsIn(SyntaxTree tree) => tree.GetCompilationUnitRoot().Members.Any(static m => m is GlobalStatementSyntax);

    // The compiler then speaks of the page's own lines.
    private static SyntaxTree Parse(Block block) => CSharpSyntaxTree.ParseText($"#line {block.Line} \"{block.Page}\"\n{block.Text}", Language, path: block.Page);
}

using System.Reflection;

namespace CxrNet.Docs.Tests;

/// <summary>Every block of C# on every page compiles against this build and runs on drawn chests, or says on the line above it why not.</summary>
public sealed class RunningTheBlocksOfThePages
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static TheoryData<string, int> Blocks
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (Block block in Page.Blocks("csharp", "cs", "c#"))
            {
                data.Add(block.Page, block.Line);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Blocks))]
    public async Task ItDoesWhatAReaderWillTry(string page, int line)
    {
        Block block = Page.BlocksOf(page).Single(b => b.Line == line);
        if (!block.Marker.Compiles)
        {
            return;
        }

        BlockProgram program = new(block);
        MethodInfo? main = program.Compile();
        if (main is null || !block.Marker.Runs)
        {
            return;
        }

        using BlockFolder folder = new(program.Literals);
        TextWriter console = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            object?[] arguments = main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
            await Task.Run(() => main.Invoke(null, arguments), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        catch (TargetInvocationException e)
        {
            Assert.Fail($"{page}:{line}: this block fails on drawn chests: {e.InnerException}\nIf it needs what no test has, '<!-- not run: why -->' goes on the line above it.");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{page}:{line}: this block did not end in {Limit.TotalMinutes} minutes. If it is a server, '<!-- not run: why -->' goes on the line above it.");
        }
        finally
        {
            Console.SetOut(console);
            Given.Clear();
        }
    }

    [Fact]
    public void ThereAreSome() => Assert.True(Blocks.Count > 10, "The pages' blocks were not found.");
}

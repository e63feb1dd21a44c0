using System.Reflection;

namespace CxrNet.Conformance;

/// <summary>Fails where a backend left a suite out: a suite that is not inherited reports nothing by itself.</summary>
/// <param name="backend">The backend's assembly; the suites are looked for in the assembly of the class that inherits this one.</param>
public abstract class BackendConformance(Assembly backend)
{
    private static readonly Dictionary<Type, Type> Suites = new()
    {
        [typeof(ICxrClassifier)] = typeof(CxrClassifierConformance<>),
        [typeof(ILungSegmenter)] = typeof(LungSegmenterConformance<>),
        [typeof(IExplanationMap)] = typeof(ExplanationMapConformance<>),
    };

    [Fact]
    public void EveryImplementationRunsItsSuite()
    {
        IEnumerable<string> missing =
            from type in backend.GetExportedTypes()
            where type is { IsClass: true, IsAbstract: false }
            from suite in Suites
            where suite.Key.IsAssignableFrom(type) && !Inherited().Contains(suite.Value.MakeGenericType(type))
            select $"{type.Name} is not run through {suite.Value.Name}";
        Assert.Empty(missing);
    }

    [Fact]
    public void EverySuiteIsRun()
    {
        HashSet<Type> run = [.. Inherited().Select(t => t.GetGenericTypeDefinition())];
        Assert.Empty(Suites.Values.Where(s => !run.Contains(s)).Select(s => s.Name));
    }

    /// <summary>The closed suites that public, concrete classes of the test assembly inherit.</summary>
    private HashSet<Type> Inherited()
    {
        HashSet<Type> found = [];
        foreach (Type type in GetType().Assembly.GetExportedTypes().Where(t => !t.IsAbstract))
        {
            for (Type? t = type.BaseType; t is not null; t = t.BaseType)
            {
                if (t.IsGenericType && Suites.ContainsValue(t.GetGenericTypeDefinition()))
                {
                    found.Add(t);
                }
            }
        }

        return found;
    }
}

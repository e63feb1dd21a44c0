using CxrNet.WebViewer.Explanation;

namespace CxrNet.WebViewer.Backends;

/// <summary>An engine with the model loaded, and the explanation methods that it has.</summary>
internal sealed class Backend(string name, string title, ICxrClassifier classifier, IReadOnlyList<ExplanationMethod> methods) : IDisposable
{
    /// <summary>As requests have it.</summary>
    public string Name => name;

    /// <summary>For people.</summary>
    public string Title => title;

    public ICxrClassifier Classifier => classifier;

    public IReadOnlyList<ExplanationMethod> Methods => methods;

    /// <exception cref="ArgumentException">This engine has no method of that name.</exception>
    public ExplanationMethod Method(string methodName) => methods.FirstOrDefault(m => m.Name == methodName)
        ?? throw new ArgumentException($"The engine '{name}' has no explanation method '{methodName}'; it has {string.Join(", ", methods.Select(m => m.Name))}.");

    public void Dispose()
    {
        foreach (ExplanationMethod method in methods)
        {
            method.Dispose();
        }

        classifier.Dispose();
    }
}

using Microsoft.Extensions.Logging.Abstractions;

namespace CxrNet.Core.Tests.Composition;

/// <summary>Each decorator of the library, by the name of its method.</summary>
public sealed class OwningWhatIsWrapped
{
    private static readonly Dictionary<string, Func<ICxrClassifier, ICxrClassifier>> Classifiers = new()
    {
        ["WithLungHandling"] = static inner => inner.WithLungHandling(new ScriptedSegmenter()),
        ["WithLungMasking"] = static inner => inner.WithLungMasking(new ScriptedSegmenter()),
        ["WithLungCrop"] = static inner => inner.WithLungCrop(new ScriptedSegmenter()),
        ["WithCalibration"] = static inner => inner.WithCalibration(inner.Card),
        ["WithAugmentation"] = static inner => inner.WithAugmentation(2),
        ["WithEnsemble"] = static inner => inner.WithEnsemble(EnsembleRule.Mean, new ScriptedClassifier()),
        ["WithGuard"] = static inner => inner.WithGuard(new GuardOptions { Unlike = false }),
        ["WithCache"] = static inner => inner.WithCache(),
        ["WithMicroBatching"] = static inner => inner.WithMicroBatching(),
        ["WithLogging"] = static inner => inner.WithLogging(NullLogger.Instance),
        ["WithMetrics"] = static inner => inner.WithMetrics(),
    };

    private static readonly Dictionary<string, Func<ILungSegmenter, ILungSegmenter>> Segmenters = new()
    {
        ["WithEnsemble"] = static inner => inner.WithEnsemble(EnsembleRule.Mean, new ScriptedSegmenter()),
        ["WithCache"] = static inner => inner.WithCache(),
        ["WithLogging"] = static inner => inner.WithLogging(NullLogger.Instance),
        ["WithMetrics"] = static inner => inner.WithMetrics(),
    };

    private static readonly Dictionary<string, Func<IExplanationMap, IExplanationMap>> Explanations = new()
    {
        ["WithLungMasking"] = static inner => inner.WithLungMasking(new ScriptedSegmenter()),
        ["WithLungCrop"] = static inner => inner.WithLungCrop(new ScriptedSegmenter()),
        ["WithEnsemble"] = static inner => inner.WithEnsemble(new ScriptedExplanation()),
        ["WithCache"] = static inner => inner.WithCache(),
        ["WithLogging"] = static inner => inner.WithLogging(NullLogger.Instance),
        ["WithMetrics"] = static inner => inner.WithMetrics(),
    };

    public static TheoryData<string> OfClassifiers => [.. Classifiers.Keys];

    public static TheoryData<string> OfSegmenters => [.. Segmenters.Keys];

    public static TheoryData<string> OfExplanations => [.. Explanations.Keys];

    [Fact]
    public void NoneIsForgottenHere()
    {
        static IEnumerable<string> Methods(Type type) => type.GetMethods().Where(static m => m.IsStatic && m.Name != nameof(ClassifierComposition.LeaveOpen)).Select(static m => m.Name).Order();
        Assert.Equal(Methods(typeof(ClassifierComposition)), Classifiers.Keys.Order());
        Assert.Equal(Methods(typeof(SegmenterComposition)), Segmenters.Keys.Order());
        Assert.Equal(Methods(typeof(ExplanationComposition)), Explanations.Keys.Order());
    }

    [Theory, MemberData(nameof(OfClassifiers))]
    public void AClassifierIsDisposedOfOnceAndRefusesThen(string method)
    {
        ScriptedClassifier inner = new();
        ICxrClassifier decorated = Classifiers[method](inner);
        decorated.Dispose();
        decorated.Dispose();
        Assert.Equal(1, inner.Disposals);
        Assert.Throws<ObjectDisposedException>(() => decorated.Classify([Scripted.Image()], TestContext.Current.CancellationToken));
        Assert.Equal(0, inner.Images);
    }

    [Theory, MemberData(nameof(OfSegmenters))]
    public void ASegmenterIsDisposedOfOnceAndRefusesThen(string method)
    {
        ScriptedSegmenter inner = new();
        ILungSegmenter decorated = Segmenters[method](inner);
        decorated.Dispose();
        decorated.Dispose();
        Assert.Equal(1, inner.Disposals);
        Assert.Throws<ObjectDisposedException>(() => decorated.Segment([Scripted.Image()], TestContext.Current.CancellationToken));
    }

    [Theory, MemberData(nameof(OfExplanations))]
    public void AMethodIsDisposedOfOnceAndRefusesThen(string method)
    {
        ScriptedExplanation inner = new();
        IExplanationMap decorated = Explanations[method](inner);
        decorated.Dispose();
        decorated.Dispose();
        Assert.Equal(1, inner.Disposals);
        Assert.Throws<ObjectDisposedException>(() => decorated.Explain([Scripted.Image()], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory, MemberData(nameof(OfClassifiers))]
    public void WhatIsLeftOpenGoesOn(string method)
    {
        ScriptedClassifier inner = new();
        using (ICxrClassifier decorated = Classifiers[method](inner.LeaveOpen()))
        {
            Assert.Single(decorated.Classify([Scripted.Image()], TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, inner.Disposals);
        Assert.Single(inner.Classify([Scripted.Image()], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ASegmenterAndAMethodAreLeftOpenToo()
    {
        ScriptedSegmenter segmenter = new();
        ScriptedExplanation explanation = new();
        segmenter.LeaveOpen().WithCache().Dispose();
        explanation.LeaveOpen().WithCache().Dispose();
        BorrowedExplanation borrowed = explanation.LeaveOpen();
        borrowed.Dispose();
        Assert.Equal((0, 0), (segmenter.Disposals, explanation.Disposals));
        Assert.Throws<ObjectDisposedException>(() => borrowed.Explain([Scripted.Image()]));
    }

    [Fact]
    public void WhatIsGivenBesidesIsOwnedToo()
    {
        ScriptedSegmenter segmenter = new();
        ScriptedClassifier other = new();
        new ScriptedClassifier().WithLungCrop(segmenter).WithEnsemble(EnsembleRule.Vote, other).Dispose();
        Assert.Equal((1, 1), (segmenter.Disposals, other.Disposals));

        ScriptedClassifier twice = new();
        twice.WithEnsemble(EnsembleRule.Mean, twice).Dispose();
        Assert.Equal(1, twice.Disposals);

        ScriptedSegmenter shared = new();
        new ScriptedExplanation().WithLungCrop(shared.LeaveOpen()).Dispose();
        Assert.Equal(0, shared.Disposals);
    }

    [Theory, MemberData(nameof(OfClassifiers))]
    public void ACancelledTokenIsHeededBeforeAnyWork(string method)
    {
        ScriptedClassifier inner = new();
        using ICxrClassifier decorated = Classifiers[method](inner);
        Assert.Throws<OperationCanceledException>(() => decorated.Classify([Scripted.Image()], new CancellationToken(canceled: true)));
        Assert.Equal(0, inner.Images);
    }
}

using Microsoft.Extensions.Logging.Abstractions;

namespace CxrNet.Conformance.PerBackend;

// A line or two for each decorator, in one file: they differ in nothing but the type. Compiled into the tests of each backend, whose own Tiny makes the models.

public sealed class BorrowedClassifierConforms() : DecoratedClassifierConforms<BorrowedClassifier>(static c => c.LeaveOpen());

public sealed class LungFocusedClassifierConforms() : DecoratedClassifierConforms<LungFocusedClassifier>(static c => c.WithLungMasking(Tiny.Segmenter(ConformanceCards.LungSegmenter)));

public sealed class CalibratedClassifierConforms() : DecoratedClassifierConforms<CalibratedClassifier>(static c => c.WithCalibration(c.Card));

public sealed class AugmentedClassifierConforms() : DecoratedClassifierConforms<AugmentedClassifier>(static c => c.WithAugmentation(2));

public sealed class GuardedClassifierConforms() : DecoratedClassifierConforms<GuardedClassifier>(static c => c.WithGuard(new GuardOptions { Unlike = false, MinSide = 1, MinRange = 0 }));

public sealed class CachedClassifierConforms() : DecoratedClassifierConforms<CachedClassifier>(static c => c.WithCache());

public sealed class MicroBatchingClassifierConforms() : DecoratedClassifierConforms<MicroBatchingClassifier>(static c => c.WithMicroBatching())
{
    protected override float ToleranceBesideOthers => Tolerance;
}

public sealed class LoggedClassifierConforms() : DecoratedClassifierConforms<LoggedClassifier>(static c => c.WithLogging(NullLogger.Instance));

public sealed class MeteredClassifierConforms() : DecoratedClassifierConforms<MeteredClassifier>(static c => c.WithMetrics());

public sealed class EnsembleClassifierConforms() : DecoratedClassifierConforms<EnsembleClassifier>(static c => c.WithEnsemble(EnsembleRule.Mean, Tiny.OtherClassifier(c.Card with { Id = "second" })))
{
    protected override CxrModelCard Card => base.Card with { Id = $"mean({base.Card.Id}, second)" };

    protected override EnsembleClassifier Load(CxrModelCard card) => base.Load(card with { Id = base.Card.Id });
}

public sealed class BorrowedSegmenterConforms() : DecoratedSegmenterConforms<BorrowedSegmenter>(static s => s.LeaveOpen());

public sealed class CachedSegmenterConforms() : DecoratedSegmenterConforms<CachedSegmenter>(static s => s.WithCache());

public sealed class LoggedSegmenterConforms() : DecoratedSegmenterConforms<LoggedSegmenter>(static s => s.WithLogging(NullLogger.Instance));

public sealed class MeteredSegmenterConforms() : DecoratedSegmenterConforms<MeteredSegmenter>(static s => s.WithMetrics());

public sealed class EnsembleSegmenterConforms() : DecoratedSegmenterConforms<EnsembleSegmenter>(static s => s.WithEnsemble(EnsembleRule.Vote, Tiny.Segmenter(s.Card with { Id = "second" })))
{
    protected override CxrModelCard Card => base.Card with { Id = $"vote({base.Card.Id}, second)" };

    protected override EnsembleSegmenter Load(CxrModelCard card) => base.Load(card with { Id = base.Card.Id });
}

public sealed class BorrowedExplanationConforms() : DecoratedExplanationConforms<BorrowedExplanation>(static e => e.LeaveOpen());

public sealed class LungFocusedExplanationConforms() : DecoratedExplanationConforms<LungFocusedExplanation>(static e => e.WithLungCrop(Tiny.Segmenter(ConformanceCards.LungSegmenter)));

public sealed class CachedExplanationConforms() : DecoratedExplanationConforms<CachedExplanation>(static e => e.WithCache());

public sealed class LoggedExplanationConforms() : DecoratedExplanationConforms<LoggedExplanation>(static e => e.WithLogging(NullLogger.Instance));

public sealed class MeteredExplanationConforms() : DecoratedExplanationConforms<MeteredExplanation>(static e => e.WithMetrics());

public sealed class EnsembleExplanationConforms() : DecoratedExplanationConforms<EnsembleExplanation>(static e => e.WithEnsemble(e.LeaveOpen()));

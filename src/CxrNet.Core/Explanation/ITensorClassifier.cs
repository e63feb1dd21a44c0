namespace CxrNet;

/// <summary>A classifier that also scores inputs which are already as its network wants them: what methods that ask for thousands of forward passes need, since preparing and reading each of them would cost more than a small network.</summary>
/// <remarks>Safe for concurrent use, as the classifier is. A backend that implements it gets the perturbation methods at the speed of plain inference; one that does not gets the same methods through <see cref="ICxrClassifier.Classify"/>.</remarks>
public interface ITensorClassifier : ICxrClassifier
{
    /// <summary>Scores ready inputs in as few forward passes as the backend likes.</summary>
    /// <param name="inputs">One input per row, channels x height x width values in the card's layout, normalised; not changed.</param>
    /// <param name="count">How many rows are inputs, from the first one on; 0 is fine.</param>
    /// <param name="logits">As many rows or more; receives one logit for each finding of the card, trained or not.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">A row has another length than the card says, or there are too few of them.</exception>
    /// <exception cref="CxrModelException">The backend failed, see InnerException; or the logit of a trained finding is no finite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default);
}

namespace CxrNet;

/// <summary>The answers of several members as the logits of one.</summary>
internal sealed class EnsembleVotes(CxrModelCard card, EnsembleRule rule)
{
    // How much of a vote the mean probability weighs: enough to tell equal shares apart, too little to outweigh a vote.
    private const double TieBreak = 1e-3;

    // log of the smallest normal float: a probability of 0 must not become an infinite logit.
    private const double Least = 1.1754943508222875e-38;

    /// <summary>One logit per finding of the card; members' findings are found by name.</summary>
    public float[] Logits(CxrPrediction[] answers)
    {
        float[] logits = new float[card.Findings.Count];
        for (int f = 0; f < logits.Length; f++)
        {
            string name = card.Findings[f].Name;
            double mean = answers.Average(a => (double)Named(a, name).Probability);
            double p = rule == EnsembleRule.Mean ? mean : ShareOf(answers, name, mean);
            double logit = card.Activation == FindingActivation.Softmax ? Log(p) : Log(p) - Log(1 - p);
            logits[f] = (float)(card.Temperature * logit);
        }

        return logits;
    }

    /// <summary><c>(votes + e mean) / (members + e)</c>: over findings that exclude each other these sum to 1, and of two findings with half of the votes the one of the higher mean reaches one half.</summary>
    private double ShareOf(CxrPrediction[] answers, string name, double mean)
    {
        int votes = answers.Count(a => card.Activation == FindingActivation.Softmax ? a.Top.Name == name : Named(a, name).IsPositive);
        return (votes + (TieBreak * mean)) / (answers.Length + TieBreak);
    }

    private static Finding Named(CxrPrediction answer, string name)
    {
        foreach (Finding finding in answer.Findings)
        {
            if (finding.Name == name)
            {
                return finding;
            }
        }

        throw new CxrModelException(answer.ModelId, $"'{answer.ModelId}' gave no '{name}', which its card lists.");
    }

    private static double Log(double p) => Math.Log(Math.Max(p, Least));
}

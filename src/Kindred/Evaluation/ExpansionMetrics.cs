namespace Kindred.Evaluation;

/// <summary>recall@k and precision@k of one expansion, as the act-alike post defines them.</summary>
internal static class ExpansionMetrics
{
    /// <summary>|E@k ∩ H| / |H|.</summary>
    /// <param name="found">Held-out users among the first k.</param>
    /// <param name="heldOut">All held-out users.</param>
    public static double Recall(int found, int heldOut) => (double)found / heldOut;

    /// <summary>The expectation of |E@k ∩ H| / (|E@k ∩ H| + |E@k ∩ R|) over the random set R; 0/0 counts as 0.</summary>
    /// <remarks>
    /// R is |H| users drawn without replacement from the candidates that are not in H, so |E@k ∩ R| is hypergeometric: the
    /// expectation is computed exactly instead of by drawing.
    /// </remarks>
    /// <param name="found">Held-out users among the first k.</param>
    /// <param name="heldOut">All held-out users, |H| = |R|.</param>
    /// <param name="k">Users of the expansion, held-out users included.</param>
    /// <param name="candidates">All ranked users, held-out users included.</param>
    /// <param name="defined">The probability that the quotient is not 0/0.</param>
    public static double Precision(int found, int heldOut, long k, long candidates, out double defined)
    {
        double others = candidates - heldOut, drawn = Math.Min(heldOut, others), selected = k - found;
        var none = 0.0;
        var sum = 0.0;
        var total = 0.0;
        var least = (long)Math.Max(0, drawn + selected - others);
        var most = (long)Math.Min(drawn, selected);

        // Weights relative to the mode, by the ratio of neighbouring probabilities: no factorial overflows.
        var mode = Math.Clamp((long)((drawn + 1) * (selected + 1) / (others + 2)), least, most);
        var weight = 1.0;
        for (var b = mode; b <= most && weight > 1e-20; b++)
        {
            Take(b, weight);
            weight *= (drawn - b) * (selected - b) / ((b + 1) * (others - drawn - selected + b + 1));
        }

        weight = 1.0;
        for (var b = mode; b > least && weight > 1e-20; b--)
        {
            weight *= b * (others - drawn - selected + b) / ((drawn - b + 1) * (selected - b + 1));
            Take(b - 1, weight);
        }

        defined = found > 0 ? 1 : 1 - none / total;
        return sum / total;

        void Take(long b, double probability)
        {
            total += probability;
            if (found > 0) sum += probability * found / (found + b);
            else if (b == 0) none = probability;
        }
    }
}

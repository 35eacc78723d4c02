namespace Kindred.Evaluation;

/// <summary>One method's figures over some seed lists, beside those of the baseline.</summary>
public sealed record MethodFigures
{
    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>Recall averaged over sizes.</summary>
    public required Measured AverageRecall { get; init; }

    /// <summary>Precision averaged over sizes.</summary>
    public required Measured AveragePrecision { get; init; }

    /// <summary>[sizes] recall@k.</summary>
    public required IReadOnlyList<Measured> Recall { get; init; }

    /// <summary>[sizes] precision@k.</summary>
    public required IReadOnlyList<Measured> Precision { get; init; }

    /// <summary>Relative gain over the baseline in average recall: <see cref="Measured.RelativeGainOf"/>.</summary>
    public required Measured RecallGain { get; init; }

    /// <summary>Relative gain over the baseline in average precision.</summary>
    public required Measured PrecisionGain { get; init; }

    /// <summary>[sizes] relative gain over the baseline in recall@k.</summary>
    public required IReadOnlyList<Measured> RecallGains { get; init; }

    /// <summary>[sizes] relative gain over the baseline in precision@k.</summary>
    public required IReadOnlyList<Measured> PrecisionGains { get; init; }

    /// <summary>The difference from the baseline; null for the baseline itself.</summary>
    public MethodDifference? AgainstBaseline { get; init; }

    /// <summary>Computes the figures of a method over some of its lists.</summary>
    /// <param name="result">The result of the method.</param>
    /// <param name="baseline">The result of the baseline, on the same lists.</param>
    /// <param name="lists">Indexes of the lists to use.</param>
    public static MethodFigures Of(EvaluationResult result, EvaluationResult baseline, IReadOnlyList<int> lists)
    {
        double[] Values(EvaluationResult of, Func<ListEvaluation, double> figure) => [.. lists.Select(i => figure(of.Lists[i]))];
        Measured Mean(Func<ListEvaluation, double> figure) => Measured.MeanOf(Values(result, figure));
        Measured Gain(Func<ListEvaluation, double> figure) => Measured.RelativeGainOf(Values(result, figure), Values(baseline, figure));
        Measured[] Each(Func<Func<ListEvaluation, double>, Measured> of, Func<ListEvaluation, IReadOnlyList<double>> figure) =>
            [.. Enumerable.Range(0, result.Fractions.Count).Select(k => of(list => figure(list)[k]))];
        return new MethodFigures
        {
            Method = result.Method,
            AverageRecall = Mean(list => list.AverageRecall),
            AveragePrecision = Mean(list => list.AveragePrecision),
            Recall = Each(Mean, list => list.Recall),
            Precision = Each(Mean, list => list.Precision),
            RecallGain = Gain(list => list.AverageRecall),
            PrecisionGain = Gain(list => list.AveragePrecision),
            RecallGains = Each(Gain, list => list.Recall),
            PrecisionGains = Each(Gain, list => list.Precision),
        };
    }
}

namespace Kindred.Evaluation;

/// <summary>The quality with which a method ranks held-out seed users.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Fractions">The expansion sizes, as shares of the target population.</param>
/// <param name="Lists">One entry per seed list, in the order given.</param>
public sealed record EvaluationResult(string Method, IReadOnlyList<double> Fractions, IReadOnlyList<ListEvaluation> Lists)
{
    /// <summary>Mean cost to score one user for one list: <see cref="Scoring.IUserScorer.CostPerPair"/>; NaN where it is not
    /// known.</summary>
    public double CostPerPair { get; init; } = double.NaN;

    /// <summary>Recall averaged over sizes and seed lists.</summary>
    public double AverageRecall => Lists.Average(list => list.AverageRecall);

    /// <summary>Precision averaged over sizes and seed lists.</summary>
    public double AveragePrecision => Lists.Average(list => list.AveragePrecision);

    /// <summary>Standard error of <see cref="AverageRecall"/> over seed lists; NaN for a single list.</summary>
    public double AverageRecallStandardError => StandardError([.. Lists.Select(list => list.AverageRecall)]);

    /// <summary>Standard error of <see cref="AveragePrecision"/> over seed lists; NaN for a single list.</summary>
    public double AveragePrecisionStandardError => StandardError([.. Lists.Select(list => list.AveragePrecision)]);

    /// <summary>The mean difference in average recall to another method on the same lists, and its standard error.</summary>
    /// <exception cref="ArgumentException">The other result has other lists.</exception>
    public (double Difference, double StandardError) MinusPaired(EvaluationResult other)
    {
        if (!Lists.Select(list => list.SeedListId).SequenceEqual(other.Lists.Select(list => list.SeedListId)))
        {
            throw new ArgumentException("Results are paired by list, but these are of different lists.", nameof(other));
        }

        var differences = Lists.Zip(other.Lists, (a, b) => a.AverageRecall - b.AverageRecall).ToArray();
        return (differences.Average(), StandardError(differences));
    }

    private static double StandardError(double[] values)
    {
        if (values.Length < 2) return double.NaN;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }
}

/// <summary>The figures of one seed list, averaged over repeated splits.</summary>
/// <param name="SeedListId">The list.</param>
/// <param name="Users">Users of the list, matched or not.</param>
/// <param name="Training">Users trained on.</param>
/// <param name="HeldOut">Users held out.</param>
/// <param name="Recall">[sizes] recall@k.</param>
/// <param name="Precision">[sizes] precision@k.</param>
/// <param name="PrecisionDefined">[sizes] share of cases in which precision is not 0/0.</param>
public sealed record ListEvaluation(
    string SeedListId, int Users, int Training, int HeldOut,
    IReadOnlyList<double> Recall, IReadOnlyList<double> Precision, IReadOnlyList<double> PrecisionDefined)
{
    /// <summary>[sizes] recall@k weighted by the metrics of the held-out users: the share of their engagement. Empty for lists without
    /// metrics.</summary>
    public IReadOnlyList<double> EngagedRecall { get; init; } = [];

    /// <summary><see cref="EngagedRecall"/> averaged over sizes; NaN for a list without metrics.</summary>
    public double AverageEngagedRecall => EngagedRecall.Count == 0 ? double.NaN : EngagedRecall.Average();

    /// <summary>Recall averaged over sizes.</summary>
    public double AverageRecall => Recall.Average();

    /// <summary>Precision averaged over sizes.</summary>
    public double AveragePrecision => Precision.Average();
}

using Kindred.Evaluation;

namespace Kindred.Reports.Demo;

/// <summary>The results of one method, as means over seed lists.</summary>
public sealed record DemoMethod
{
    /// <summary>Its name, such as <c>Random</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A phrase that follows "as many as by", such as <c>picking users at random</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Recall at each of <see cref="DemoReportModel.Shares"/>.</summary>
    public required IReadOnlyList<Estimate> RecallAtK { get; init; }

    /// <summary>Mean recall over the shares.</summary>
    public required Estimate AverageRecall { get; init; }

    /// <summary>Mean precision over the shares.</summary>
    public required Estimate AveragePrecision { get; init; }

    /// <summary>The model's lead over this method in average recall, paired by list; null for the model itself.</summary>
    public Estimate? ModelAhead { get; init; }

    /// <summary>The figures of one method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="model">The model that it is compared with.</param>
    public static DemoMethod Of(EvaluationResult method, EvaluationResult model)
    {
        var (ahead, error) = model.MinusPaired(method);
        return new DemoMethod
        {
            Name = method.Method switch { "mlp" => "Kindred (mlp)", "activity" => "Activity", _ => "Random" },
            Description = method.Method switch
            {
                "mlp" => "scoring users with each list's own model",
                "activity" => "picking the most active users",
                _ => "picking users at random",
            },
            RecallAtK = [.. Enumerable.Range(0, method.Fractions.Count)
                .Select(i => Estimate.Of([.. method.Lists.Select(list => list.Recall[i])]))],
            AverageRecall = new Estimate(method.AverageRecall, method.AverageRecallStandardError),
            AveragePrecision = new Estimate(method.AveragePrecision, method.AveragePrecisionStandardError),
            ModelAhead = method == model ? null : new Estimate(ahead, error),
        };
    }
}

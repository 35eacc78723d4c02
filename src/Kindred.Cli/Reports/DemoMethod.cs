namespace Kindred.Cli.Reports;

/// <summary>What one method reached, as means over seed lists.</summary>
internal sealed record DemoMethod
{
    /// <summary>Its name, such as <c>Random</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, to follow "as many as by": <c>picking users at random</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Recall at each of <see cref="DemoReportModel.Shares"/>.</summary>
    public required IReadOnlyList<Estimate> RecallAtK { get; init; }

    /// <summary>Mean recall over the shares.</summary>
    public required Estimate AverageRecall { get; init; }

    /// <summary>Mean precision over the shares.</summary>
    public required Estimate AveragePrecision { get; init; }

    /// <summary>By how much the model's average recall is above this method's, paired by list; null for the model itself.</summary>
    public Estimate? ModelAhead { get; init; }
}

using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Evaluation;
using Kindred.Insight;

namespace Kindred.App.Inspection;

/// <summary>Request of an inspection.</summary>
public sealed record InspectRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>The seed lists.</summary>
    public required SeedRequest Seeds { get; init; }

    /// <summary>A table of item_id, name and topic, or null.</summary>
    public string? Items { get; init; }

    /// <summary>The options of the inspection.</summary>
    public InsightOptions Insight { get; init; } = new();

    /// <summary>The options of the reach curves; null to measure none.</summary>
    public ReachOptions? Reach { get; init; }

    /// <summary>The method of the reach curves.</summary>
    public MethodRequest Method { get; init; } = new();

    /// <summary>A table to write the ids of each list's outliers to; null for none. They are users of the list's owner.</summary>
    public string? OutliersFile { get; init; }
}

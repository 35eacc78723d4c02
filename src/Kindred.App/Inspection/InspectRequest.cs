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

    /// <summary>The lists.</summary>
    public required SeedRequest Seeds { get; init; }

    /// <summary>A table of item_id, name and topic, or null.</summary>
    public string? Items { get; init; }

    /// <summary>How lists are inspected.</summary>
    public InsightOptions Insight { get; init; } = new();

    /// <summary>How reach is measured, or null for not at all.</summary>
    public ReachOptions? Reach { get; init; }

    /// <summary>The method of the reach curves.</summary>
    public MethodRequest Method { get; init; } = new();

    /// <summary>A table to write the ids of each list's outliers to, or null for none. They are the list owner's own users.</summary>
    public string? OutliersFile { get; init; }
}

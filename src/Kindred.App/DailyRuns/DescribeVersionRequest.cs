namespace Kindred.App.DailyRuns;

/// <summary>Request of the description of a version.</summary>
public sealed record DescribeVersionRequest
{
    /// <summary>The folder of versions.</summary>
    public required string Store { get; init; }

    /// <summary>The number of the version.</summary>
    public required int Version { get; init; }

    /// <summary>The owner whose lists are described, as the owner may see them; null for all lists.</summary>
    public string? Owner { get; init; }

    /// <summary>The only list that is described; null for all lists.</summary>
    public string? List { get; init; }
}

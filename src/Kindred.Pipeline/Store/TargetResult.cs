namespace Kindred.Pipeline.Store;

/// <summary>The audiences of one model in one country.</summary>
public sealed record TargetResult
{
    /// <summary>The country; null for all countries.</summary>
    public string? Country { get; init; }

    /// <summary>The number of active users that are neither seeds nor excluded.</summary>
    public long Candidates { get; init; }

    /// <summary>The audiences by ascending size; empty if the target was rejected.</summary>
    public IReadOnlyList<SizeResult> Sizes { get; init; } = [];

    /// <summary>The score quantiles of a sample of candidates in steps of 5%, ascending; they show drift.</summary>
    public IReadOnlyList<float> Quantiles { get; init; } = [];

    /// <summary>The published file of its members, relative to the folder of the version; null if there is none. Versions of earlier
    /// programs do not say it.</summary>
    public string? File { get; init; }

    /// <summary>The reason why there are no audiences; null if there are some.</summary>
    public string? Rejected { get; init; }

    /// <summary>The reason why requested sizes are missing.</summary>
    public string? Withheld { get; init; }
}

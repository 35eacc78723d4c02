namespace Kindred.Pipeline.Store;

/// <summary>The audiences of one model in one country.</summary>
public sealed record TargetResult
{
    /// <summary>The country; null for everybody.</summary>
    public string? Country { get; init; }

    /// <summary>Active users who are neither seeds nor excluded.</summary>
    public long Candidates { get; init; }

    /// <summary>By ascending size; none where the target was rejected.</summary>
    public IReadOnlyList<SizeResult> Sizes { get; init; } = [];

    /// <summary>Scores of a sample of candidates at each twentieth, ascending: what drift is seen by.</summary>
    public IReadOnlyList<float> Quantiles { get; init; } = [];

    /// <summary>Why there are no audiences.</summary>
    public string? Rejected { get; init; }

    /// <summary>The reason why requested sizes are missing.</summary>
    public string? Withheld { get; init; }
}

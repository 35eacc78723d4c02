namespace Kindred.Pipeline.Store;

/// <summary>One audience.</summary>
/// <param name="Size">The size that was asked for.</param>
/// <param name="Users">Its users: exactly, or as expected where the threshold is from a sample.</param>
/// <param name="Score">The score of the last admitted user.</param>
/// <param name="LastUserId">The last admitted user: among equal scores, ids up to this one are in.</param>
public sealed record SizeResult(string Size, long Users, float Score, string LastUserId)
{
    /// <summary>For a sampled threshold the standard error of the number of users.</summary>
    public double? StandardError { get; init; }

    /// <summary>For a sampled threshold the lower end of the interval of the number of users.</summary>
    public long? Low { get; init; }

    /// <summary>For a sampled threshold the upper end, included.</summary>
    public long? High { get; init; }
}

namespace Kindred.Pipeline.Store;

/// <summary>The threshold and size of one audience.</summary>
/// <param name="Size">The requested size.</param>
/// <param name="Users">The number of its users: exact, or expected for a sampled threshold.</param>
/// <param name="Score">The score of the last admitted user.</param>
/// <param name="LastUserId">The last admitted user: among equal scores, ids up to this one are admitted.</param>
public sealed record SizeResult(string Size, long Users, float Score, string LastUserId)
{
    /// <summary>The standard error of the number of users, for a sampled threshold.</summary>
    public double? StandardError { get; init; }

    /// <summary>The lower end of the interval of the number of users, for a sampled threshold.</summary>
    public long? Low { get; init; }

    /// <summary>The upper end of that interval, inclusive.</summary>
    public long? High { get; init; }
}

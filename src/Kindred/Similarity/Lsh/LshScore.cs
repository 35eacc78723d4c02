namespace Kindred.Similarity.Lsh;

/// <summary>What a region of users is worth for a seed list.</summary>
public enum LshScore
{
    /// <summary>ln((seeds in the region + a) / (users in the region + b)): how dense the seeds are there.</summary>
    Density,

    /// <summary>The seeds in the region: how often a seed votes for its neighbours.</summary>
    Voting,
}

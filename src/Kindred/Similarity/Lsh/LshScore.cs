namespace Kindred.Similarity.Lsh;

/// <summary>The value of a region of users for a seed list.</summary>
public enum LshScore
{
    /// <summary>ln((seeds in the region + a) / (users in the region + b)): the density of the seeds in it.</summary>
    Density,

    /// <summary>The number of seeds in the region: each seed votes for its neighbours.</summary>
    Voting,
}

using Kindred.Populations;

namespace Kindred.SeedLists;

/// <summary>The given seed users of one advertiser, before they are matched to a population.</summary>
/// <param name="Id">The seed list's name.</param>
/// <param name="Users">Distinct user ids in ordinal UTF-8 order.</param>
/// <param name="Metrics">Engagement metrics by column name, one value per user, parallel to <paramref name="Users"/>; NaN where the file
/// has none.</param>
/// <param name="Duplicates">Rows that repeated a user of the list (their metrics: the last row counts).</param>
public sealed record SeedList(string Id, IdList Users, IReadOnlyDictionary<string, float[]> Metrics, int Duplicates = 0)
{
    /// <summary>Users given as hashes that no user of the population has. They are not among <see cref="Users"/>.</summary>
    public int Unknown { get; init; }

    /// <summary>Number of distinct given users, known or not.</summary>
    public int Given => Users.Count + Unknown;
}

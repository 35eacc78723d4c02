using Kindred.Populations;

namespace Kindred.Insight;

/// <summary>What can be said of a seed list before anything is trained.</summary>
/// <param name="SeedListId">The list.</param>
/// <param name="Given">Its users.</param>
/// <param name="Matched">Those in the population, and in the target country if there is one.</param>
/// <param name="WithoutEmbedding">Those of them of whom nothing is known.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Cohesion">How alike they are; null where fewer than the minimum count are known, or hardly anybody is no seed.</param>
/// <param name="Features">What sets the list apart from the candidates, most telling first within each kind.</param>
/// <param name="Clusters">Groups it falls into, largest first, without those below the minimum count; one if it does not fall apart.</param>
/// <param name="Outliers">Users who are further from the list than 95% of random users, by ascending id. They are the owner's: show them to nobody else.</param>
public sealed record SeedInspection(
    string SeedListId, int Given, int Matched, int WithoutEmbedding, SeedVerdict Verdict, SeedCohesion? Cohesion,
    IReadOnlyList<FeatureContrast> Features, IReadOnlyList<SeedCluster> Clusters, IReadOnlyList<UserRow> Outliers);

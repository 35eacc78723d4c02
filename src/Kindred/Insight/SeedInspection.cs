using Kindred.Populations;

namespace Kindred.Insight;

/// <summary>The findings about a seed list before training.</summary>
/// <param name="SeedListId">The list.</param>
/// <param name="Given">Number of its users.</param>
/// <param name="Matched">Number of its users in the population, and in the target country if there is one.</param>
/// <param name="WithoutEmbedding">Number of matched users without an embedding.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Cohesion">Their similarity; null with fewer known seeds than the minimum count, or if nearly all users are seeds.</param>
/// <param name="Features">The features that set the list apart from the candidates, most telling first within each kind.</param>
/// <param name="Clusters">Groups of the list, largest first, without those below the minimum count; one if it has no separate
/// groups.</param>
/// <param name="Outliers">Users who are further from the list than 95% of random users, by ascending id. They belong to the list's owner:
/// do not show them to others.</param>
public sealed record SeedInspection(
    string SeedListId, int Given, int Matched, int WithoutEmbedding, SeedVerdict Verdict, SeedCohesion? Cohesion,
    IReadOnlyList<FeatureContrast> Features, IReadOnlyList<SeedCluster> Clusters, IReadOnlyList<UserRow> Outliers);

namespace Kindred.Insight;

/// <summary>Seeds of a list who are closer to each other than to its other seeds.</summary>
/// <param name="Share">Share of the list's seeds with an embedding, in whole percents.</param>
/// <param name="Features">The features that set them apart from the list's other seeds.</param>
public sealed record SeedCluster(double Share, IReadOnlyList<FeatureContrast> Features);

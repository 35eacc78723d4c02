namespace Kindred.Worlds;

/// <summary>What a perfect model of one advertiser could reach.</summary>
/// <param name="Advertiser">Whom it is about.</param>
/// <param name="PopulationMean">Mean true affinity of the candidates: active users who are no seeds. A random audience has this.</param>
/// <param name="IdealMean">Mean true affinity of the audience that a perfect model chooses.</param>
/// <param name="IdealCount">The size of that audience.</param>
public sealed record AffinityTruth(WorldAdvertiser Advertiser, double PopulationMean, double IdealMean, long IdealCount);

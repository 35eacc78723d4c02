namespace Kindred.Worlds;

/// <summary>The best result that a perfect model of one advertiser could reach.</summary>
/// <param name="Advertiser">The advertiser.</param>
/// <param name="PopulationMean">Mean true affinity of the candidates: active users who are not seeds. A random audience has this
/// mean.</param>
/// <param name="IdealMean">Mean true affinity of the audience that a perfect model chooses.</param>
/// <param name="IdealCount">The size of that audience.</param>
public sealed record AffinityTruth(WorldAdvertiser Advertiser, double PopulationMean, double IdealMean, long IdealCount);

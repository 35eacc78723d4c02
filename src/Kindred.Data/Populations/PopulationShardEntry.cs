namespace Kindred.Data.Populations;

/// <summary>A shard as the manifest lists it.</summary>
/// <param name="Folder">Its folder in the population's.</param>
/// <param name="Users">Its users.</param>
/// <param name="CountryStarts">[countries + 1] first row of each country.</param>
public sealed record PopulationShardEntry(string Folder, int Users, IReadOnlyList<int> CountryStarts);

namespace Kindred.Data.Populations;

/// <summary>A shard as the manifest lists it.</summary>
/// <param name="Folder">Its folder in that of the population.</param>
/// <param name="Users">The number of its users.</param>
/// <param name="CountryStarts">[countries + 1] the first row of each country.</param>
public sealed record PopulationShardEntry(string Folder, int Users, IReadOnlyList<int> CountryStarts);

namespace Kindred.SeedLists.Checks;

/// <summary>Why users of a list are not in the population.</summary>
/// <param name="Cause">The likely cause.</param>
/// <param name="Tried">Ids of the list that were tried; a sample of those that are not in the population.</param>
/// <param name="Explained">Those of them that are in the population once the cause is mended.</param>
/// <param name="ListShape">What they look like; null where the list came hashed.</param>
/// <param name="PopulationShape">What ids of the population look like.</param>
public sealed record IdDiagnosis(IdCause Cause, int Tried, int Explained, string? ListShape, string PopulationShape);

using Kindred.Ids;

namespace Kindred.SeedLists.Checks;

/// <summary>The diagnosis of a list with users who are not in the population.</summary>
/// <param name="Cause">The likely cause.</param>
/// <param name="Tried">Ids of the list that were tried; a sample of those that are not in the population.</param>
/// <param name="Explained">Tried ids that are in the population once the cause is corrected.</param>
/// <param name="ListShape">The shape of the list's ids; null if the list is hashed.</param>
/// <param name="PopulationShape">The shape of the population's ids.</param>
public sealed record IdDiagnosis(IdCause Cause, int Tried, int Explained, string? ListShape, string PopulationShape)
{
    /// <summary>The normalisation of ids that mends the cause, alone or before hashing.</summary>
    /// <value>Default: none does.</value>
    public IdForms Normalization { get; init; }
}

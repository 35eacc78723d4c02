using Kindred.Data.Inputs;
using Kindred.Data.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>A population that was made from interactions.</summary>
/// <param name="Population">Its manifest.</param>
/// <param name="Interactions">Rows that were read, merged and left out.</param>
/// <param name="PairCount">Distinct pairs of user and item.</param>
/// <param name="UsersWithoutInteractions">Users of the population without any interaction.</param>
public sealed record EmbedResult(PopulationManifest Population, InteractionReport Interactions, long PairCount, long UsersWithoutInteractions);

using Kindred.Data.Inputs;
using Kindred.Data.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>The result of making a population from interactions.</summary>
/// <param name="Population">Its manifest.</param>
/// <param name="Interactions">The counts of rows read, merged and left out.</param>
/// <param name="PairCount">The number of distinct pairs of user and item.</param>
/// <param name="UsersWithoutInteractions">The number of users without any interaction.</param>
public sealed record EmbedResult(PopulationManifest Population, InteractionReport Interactions, long PairCount,
    long UsersWithoutInteractions);

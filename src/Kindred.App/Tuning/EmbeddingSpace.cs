using Kindred.Data.Populations;
using Kindred.Embeddings;

namespace Kindred.App.Tuning;

/// <summary>Identifies the space of a population's embeddings: models and tunings are valid for populations of one space.</summary>
public static class EmbeddingSpace
{
    /// <summary>The identity of a population's space; it stays the same when the population is updated.</summary>
    public static string Of(PopulationManifest manifest) =>
        manifest.Recipe.GetValueOrDefault(PopulationEmbedding.SpaceKey, manifest.Version);
}

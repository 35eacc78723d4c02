using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Data.Models;

/// <summary>The models of some seed lists, and the data and settings of their training.</summary>
public sealed record ModelSet
{
    /// <summary>The method that trained them.</summary>
    public required string Method { get; init; }

    /// <summary>The version of the population that they were trained on.</summary>
    public required string PopulationVersion { get; init; }

    /// <summary>The embedding space that they score: see <see cref="Embeddings.PopulationEmbedding.SpaceKey"/>.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>The country that negatives came from; null for all users.</summary>
    public string? Country { get; init; }

    /// <summary>The settings of the training by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>One model per seed list.</summary>
    public required IReadOnlyList<StoredModel> Models { get; init; }

    /// <summary>A hash of all this; empty before it is written.</summary>
    public string Version { get; init; } = "";
}

/// <summary>One seed list's model.</summary>
/// <param name="SeedListId">The list.</param>
/// <param name="Scorer">The scorer of users.</param>
/// <param name="Seeds">The users that it was trained on, in ordinal order: they are left out of their own audience.</param>
/// <param name="Given">The number of users of the given list, in the population or not.</param>
/// <param name="Report">Figures of its training by name.</param>
public sealed record StoredModel(
    string SeedListId, IStoredScorer Scorer, IdList Seeds, int Given, IReadOnlyDictionary<string, double> Report)
{
    /// <summary>The reason for the method, if it was chosen automatically.</summary>
    public string? Reason { get; init; }
}

using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Data.Models;

/// <summary>The models of some seed lists, and what they were trained on.</summary>
public sealed record ModelSet
{
    /// <summary>The method that trained them.</summary>
    public required string Method { get; init; }

    /// <summary>Version of the population that they were trained on.</summary>
    public required string PopulationVersion { get; init; }

    /// <summary>Which embeddings they score: see <see cref="Embeddings.PopulationEmbedding.SpaceKey"/>.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>The country that negatives came from, or null for everybody.</summary>
    public string? Country { get; init; }

    /// <summary>Settings of the training by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>One a seed list.</summary>
    public required IReadOnlyList<StoredModel> Models { get; init; }

    /// <summary>A hash of all this; empty before it is written.</summary>
    public string Version { get; init; } = "";
}

/// <summary>One seed list's model.</summary>
/// <param name="SeedListId">The list.</param>
/// <param name="Scorer">What it scores users with.</param>
/// <param name="Seeds">The users that it was trained on, in ordinal order: they are left out of their own audience.</param>
/// <param name="Given">Users of the list as it was given, in the population or not.</param>
/// <param name="Report">Figures of its training by name.</param>
public sealed record StoredModel(
    string SeedListId, IStoredScorer Scorer, IdList Seeds, int Given, IReadOnlyDictionary<string, double> Report)
{
    /// <summary>Why it was trained as it was, where that was chosen and not given.</summary>
    public string? Reason { get; init; }
}

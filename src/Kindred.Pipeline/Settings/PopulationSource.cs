namespace Kindred.Pipeline.Settings;

/// <summary>The interactions from which a run makes its population.</summary>
public sealed record PopulationSource
{
    /// <summary>Files of interactions.</summary>
    public required IReadOnlyList<string> Interactions { get; init; }

    /// <summary>Files of users.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>The dimension of one embedding; null for the default.</summary>
    public int? Dimension { get; init; }

    /// <summary>The number of concatenated embeddings; null for the default.</summary>
    public int? Copies { get; init; }
}

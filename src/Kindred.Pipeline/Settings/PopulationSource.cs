namespace Kindred.Pipeline.Settings;

/// <summary>Interactions that a run makes its population from.</summary>
public sealed record PopulationSource
{
    /// <summary>Files of interactions.</summary>
    public required IReadOnlyList<string> Interactions { get; init; }

    /// <summary>Files of users.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Length of one embedding; null for the default.</summary>
    public int? Dimension { get; init; }

    /// <summary>Embeddings side by side; null for the default.</summary>
    public int? Copies { get; init; }
}

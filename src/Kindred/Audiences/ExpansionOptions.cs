using System.ComponentModel.DataAnnotations;

namespace Kindred.Audiences;

/// <summary>Options of an expansion.</summary>
public sealed record ExpansionOptions
{
    /// <summary>The sizes; several are nested.</summary>
    /// <value>Default 1% of the target population.</value>
    public IReadOnlyList<AudienceSize> Sizes { get; init; } = [AudienceSize.OfShare(0.01)];

    /// <summary>The country whose active users are candidates, or null for all users.</summary>
    public string? Country { get; init; }

    /// <summary>Tells whether seed users may be in their own audience.</summary>
    public bool IncludeSeeds { get; init; }

    /// <summary>Worker threads; the result does not depend on it.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;
}

using Kindred.Data.Forgotten;
using Kindred.Data.Imports;

namespace Kindred.App.Populations;

/// <summary>Request of an import.</summary>
public sealed record ImportRequest
{
    /// <summary>The files of embeddings.</summary>
    public required ImportOptions Embeddings { get; init; }

    /// <summary>Files of users; none to take the users of the embeddings.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Users who were deleted permanently and are left out.</summary>
    public Tombstones Forgotten { get; init; } = Tombstones.Empty;

    /// <summary>The caller's name for the space of the embeddings; null for a new space.</summary>
    public string? Space { get; init; }

    /// <summary>The folder to write.</summary>
    public required string Out { get; init; }

    /// <summary>Allows an output of the same kind to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The number of shards; 0 for one per million users or part of it.</summary>
    public int Shards { get; init; }

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

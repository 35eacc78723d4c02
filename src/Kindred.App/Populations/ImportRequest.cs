using Kindred.Data.Imports;

namespace Kindred.App.Populations;

/// <summary>Request of an import.</summary>
public sealed record ImportRequest
{
    /// <summary>The files of embeddings.</summary>
    public required ImportOptions Embeddings { get; init; }

    /// <summary>Files of users; none to take the users of the embeddings.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>What the caller calls the space of the embeddings; null for a space of their own.</summary>
    public string? Space { get; init; }

    /// <summary>The folder to write.</summary>
    public required string Out { get; init; }

    /// <summary>Whether an output of the same kind may be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The number of shards; 0 for one per started million users.</summary>
    public int Shards { get; init; }

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

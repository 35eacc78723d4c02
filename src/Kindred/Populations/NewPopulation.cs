using Kindred.Numerics;

namespace Kindred.Populations;

/// <summary>The contents from which a population snapshot is written. Rows are in the order of <see cref="Users"/>.</summary>
public sealed record NewPopulation
{
    /// <summary>The users, in ordinal order of their ids.</summary>
    public required UserTable Users { get; init; }

    /// <summary>The users' embeddings, read shard by shard as they are written.</summary>
    public required IUserEmbeddings Embeddings { get; init; }

    /// <summary>[users] log1p of the number of distinct items of a user; empty where unknown.</summary>
    public required float[] Activity { get; init; }

    /// <summary>Mean and deviation of <see cref="Activity"/>.</summary>
    public required ActivityScale ActivityScale { get; init; }

    /// <summary>Each user's items, or null to leave them out.</summary>
    public SparseRows? Features { get; init; }

    /// <summary>The items, or null if the items of the embeddings are unknown.</summary>
    public ItemTable? Items { get; init; }

    /// <summary>The recipe of the embeddings: settings by name, written to the manifest and needed to fold in new users.</summary>
    public required IReadOnlyDictionary<string, string> Recipe { get; init; }
}

/// <summary>The items that embeddings were trained on, in ordinal order of their ids.</summary>
/// <param name="Ids">Item ids.</param>
/// <param name="Embeddings">[items × dimension].</param>
/// <param name="Users">[items] distinct users of each item.</param>
public sealed record ItemTable(IdList Ids, AlignedMatrix Embeddings, int[] Users);

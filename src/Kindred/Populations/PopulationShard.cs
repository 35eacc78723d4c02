namespace Kindred.Populations;

/// <summary>The users of one range of <see cref="UserHash"/>, ordered by country and then by user id (ordinal UTF-8).</summary>
/// <remarks>All arrays are views, usually of memory-mapped files: opening a shard reads nothing.</remarks>
public sealed class PopulationShard
{
    /// <summary>The users' ids in row order.</summary>
    public required IdList UserIds { get; init; }

    /// <summary>Length of a user's embedding.</summary>
    public required int Dimension { get; init; }

    /// <summary>[users × dimension] row-major, as trained (not normalised).</summary>
    public required ReadOnlyMemory<float> Embeddings { get; init; }

    /// <summary>[users] log1p of the number of distinct items of a user; empty if the population has no activity.</summary>
    public required ReadOnlyMemory<float> Activity { get; init; }

    /// <summary>[users] 1 for an active user, 0 for one who only answers membership look-ups.</summary>
    public required ReadOnlyMemory<byte> Active { get; init; }

    /// <summary>[countries + 1] first row of each country of <see cref="Population.Countries"/>; the last entry is
    /// <see cref="Count"/>.</summary>
    public required IReadOnlyList<int> CountryStarts { get; init; }

    /// <summary>[users] rows sorted by ordinal user id: the id index.</summary>
    public required ReadOnlyMemory<int> RowsById { get; init; }

    /// <summary>The users' items as sparse rows; null if the population has no items.</summary>
    public SparseRows? Features { get; init; }

    /// <summary>Users in this shard.</summary>
    public int Count => UserIds.Count;

    /// <summary>The row of a user, or −1 if the user is not in this shard. Logarithmic in the shard's size.</summary>
    public int Find(ReadOnlySpan<byte> userId)
    {
        var rows = RowsById.Span;
        int low = 0, high = rows.Length - 1;
        while (low <= high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            var order = UserIds[rows[middle]].SequenceCompareTo(userId);
            if (order == 0) return rows[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    /// <summary>The rows of a country, or of all users.</summary>
    /// <param name="country">Index in <see cref="Population.Countries"/>, or null.</param>
    /// <returns>The first row and the one after the last.</returns>
    public (int First, int End) RowsOf(int? country) =>
        country is { } number ? (CountryStarts[number], CountryStarts[number + 1]) : (0, Count);

    /// <summary>The same users with other active flags.</summary>
    /// <param name="active">[users] as <see cref="Active"/>.</param>
    internal PopulationShard WithActive(byte[] active) => new()
    {
        UserIds = UserIds,
        Dimension = Dimension,
        Embeddings = Embeddings,
        Activity = Activity,
        Active = active,
        CountryStarts = CountryStarts,
        RowsById = RowsById,
        Features = Features,
    };

    /// <summary>The index in <see cref="Population.Countries"/> of a row's country.</summary>
    public int CountryOf(int row)
    {
        var country = 0;
        while (CountryStarts[country + 1] <= row) country++;
        return country;
    }
}

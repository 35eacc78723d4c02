namespace Kindred.Populations;

/// <summary>A user's place in an opened population: the number of the shard, and the row in it.</summary>
public readonly record struct UserRow(int Shard, int Row);

/// <summary>An immutable snapshot of users: ids, countries, embeddings, activity and, if kept, their items.</summary>
public sealed class Population : IDisposable
{
    private readonly IDisposable? _files;

    /// <summary>Creates a population from shards that cover the whole range of <see cref="UserHash"/>, in its order.</summary>
    /// <param name="shards">At least one shard.</param>
    /// <param name="countries">Country codes in ordinal order; one empty name where users have none.</param>
    /// <param name="activity">Mean and deviation of the activity, fixed when the population was made.</param>
    /// <param name="items">Item ids by item number; empty if none are known.</param>
    /// <param name="version">A hash of the contents: two populations with the same version are the same.</param>
    /// <param name="files">Files to close with this population.</param>
    public Population(
        IReadOnlyList<PopulationShard> shards,
        IReadOnlyList<string> countries,
        ActivityScale activity,
        IdList items,
        string version,
        IDisposable? files = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(shards.Count);
        Shards = shards;
        HasActivity = shards.All(shard => shard.Activity.Length == shard.Count);
        Countries = countries;
        Activity = activity;
        Items = items;
        Version = version;
        _files = files;
    }

    /// <summary>The shards, by ascending range of <see cref="UserHash"/>.</summary>
    public IReadOnlyList<PopulationShard> Shards { get; }

    /// <summary>Country codes in ordinal order; one empty name where users have none.</summary>
    public IReadOnlyList<string> Countries { get; }

    /// <summary>Mean and deviation of the activity over all users.</summary>
    public ActivityScale Activity { get; }

    /// <summary>Item ids by item number.</summary>
    public IdList Items { get; }

    /// <summary>A hash of the contents.</summary>
    public string Version { get; }

    /// <summary>Length of an embedding.</summary>
    public int Dimension => Shards[0].Dimension;

    /// <summary>Tells whether the activity of users is known.</summary>
    public bool HasActivity { get; }

    /// <summary>Tells whether the items of users are known.</summary>
    public bool HasItems => Shards.All(shard => shard.Features is not null);

    /// <summary>All users, active or not.</summary>
    public long UserCount => Shards.Sum(shard => (long)shard.Count);

    /// <summary>The mean number of items per user.</summary>
    /// <exception cref="KindredException">The items of users are not known.</exception>
    public double MeanItems
    {
        get
        {
            RequireItems();
            return Shards.Sum(shard => (double)shard.Features!.Entries) / Math.Max(1, UserCount);
        }
    }

    /// <summary>Throws if the items of users are not known.</summary>
    /// <exception cref="KindredException">The items are not known.</exception>
    public void RequireItems()
    {
        if (HasItems) return;
        // Imported embeddings come without items.
        throw Items.Count > 0
            ? new KindredException(ErrorKind.BadInput, "population_without_user_items",
                "The population was made without the items of its users, which this method or model reads.",
                "Make the population again with the items of its users, or use a method on embeddings such as mlp.")
            : new KindredException(ErrorKind.BadInput, "population_without_items",
                "The population has no items, which this method or model reads: imported embeddings come without items.",
                "Use a method on embeddings such as mlp, or make a population from interactions.");
    }

    /// <summary>The same population with some users inactive. Dispose of it instead of this one.</summary>
    public Population WithInactive(IReadOnlyCollection<UserRow> users)
    {
        if (users.Count == 0) return this;
        var shards = Shards.ToArray();
        foreach (var ofShard in users.GroupBy(user => user.Shard))
        {
            var active = shards[ofShard.Key].Active.ToArray();
            foreach (var user in ofShard) active[user.Row] = 0;
            shards[ofShard.Key] = shards[ofShard.Key].WithActive(active);
        }

        return new Population(shards, Countries, Activity, Items, Version, _files);
    }

    /// <summary>The place of a user, or null if the user is not in the population.</summary>
    public UserRow? Find(ReadOnlySpan<byte> userId)
    {
        var shard = UserHash.ShardOf(UserHash.Of(userId), Shards.Count);
        var row = Shards[shard].Find(userId);
        return row < 0 ? null : new UserRow(shard, row);
    }

    /// <summary>The UTF-8 bytes of a user's id.</summary>
    public ReadOnlySpan<byte> UserId(UserRow user) => Shards[user.Shard].UserIds[user.Row];

    /// <summary>The number of a country; null if no country is given.</summary>
    /// <exception cref="KindredException">The population has no such country.</exception>
    public int? CountryNumber(string? country)
    {
        if (country is null) return null;
        for (var i = 0; i < Countries.Count; i++)
        {
            if (string.Equals(Countries[i], country, StringComparison.Ordinal)) return i;
        }

        var alike = Countries.FirstOrDefault(name => string.Equals(name, country, StringComparison.OrdinalIgnoreCase));
        var known = Countries is [""] ? "it was made without countries." : $"it has {string.Join(", ", Countries.Take(20))}.";
        if (alike is not null) known += $" Did you mean '{alike}'?";
        throw new KindredException(ErrorKind.BadInput, "country_unknown",
            $"Country '{country}' is not in the population: {known} Country codes are case-sensitive.",
            "Name one of its countries, or no country for all users.")
        {
            Values = new Dictionary<string, object?> { ["country"] = country, ["countries"] = Countries },
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _files?.Dispose();
}

using Kindred.Populations;

namespace Kindred.SeedModels;

/// <summary>The items of a candidate pool's users, as a sparse matrix of ones, indexed by user and by item.</summary>
/// <remarks>Users are in the order of the pool, so sums over them do not depend on shards. Interaction weights are not read.</remarks>
public sealed class ItemMatrix
{
    private ItemMatrix(long[] userStarts, int[] itemsOfUsers, long[] itemStarts, int[] usersOfItems, double scale)
    {
        UserStarts = userStarts;
        ItemsOfUsers = itemsOfUsers;
        ItemStarts = itemStarts;
        UsersOfItems = usersOfItems;
        Scale = scale;
    }

    /// <summary>Users of the pool.</summary>
    public int Users => UserStarts.Length - 1;

    /// <summary>Items of the population.</summary>
    public int Items => ItemStarts.Length - 1;

    /// <summary>Pairs of user and item.</summary>
    public long Entries => UserStarts[^1];

    /// <summary>Candidates per user of the pool: more than 1 if the pool is a sample.</summary>
    public double Scale { get; }

    internal long[] UserStarts { get; }

    internal int[] ItemsOfUsers { get; }

    internal long[] ItemStarts { get; }

    internal int[] UsersOfItems { get; }

    /// <summary>The items of the pool's user with this index, ascending.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) =>
        ItemsOfUsers.AsSpan((int)UserStarts[user], (int)(UserStarts[user + 1] - UserStarts[user]));

    /// <summary>The pool's users of an item, by ascending index.</summary>
    public ReadOnlySpan<int> UsersOf(int item) =>
        UsersOfItems.AsSpan((int)ItemStarts[item], (int)(ItemStarts[item + 1] - ItemStarts[item]));

    /// <summary>The items of any user of a population, in the pool or not.</summary>
    internal static ReadOnlySpan<int> ItemsOf(Population population, UserRow user) =>
        population.Shards[user.Shard].Features!.ColumnsOf(user.Row);

    /// <summary>Gathers the items of a pool's users.</summary>
    /// <exception cref="KindredException">The population has no items, or they do not fit in memory.</exception>
    public static ItemMatrix Of(Population population, CandidatePool pool) =>
        Of(population, pool.Users, (double)pool.Candidates / pool.Users.Count);

    /// <summary>Gathers the items of any users.</summary>
    /// <exception cref="KindredException">The population has no items, or they do not fit in memory.</exception>
    internal static ItemMatrix Of(Population population, IReadOnlyList<UserRow> rows, double scale)
    {
        population.RequireItems();
        var starts = new long[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++) starts[i + 1] = starts[i] + ItemsOf(population, rows[i]).Length;
        if (starts[^1] > Array.MaxLength)
        {
            throw new KindredException(ErrorKind.BadInput, "training_items_too_many",
                $"The {rows.Count:N0} training users have {starts[^1]:N0} items in all, " +
                $"more than the {Array.MaxLength:N0} that one training can read.",
                "Use a method on embeddings, or a smaller country.");
        }

        var items = new int[starts[^1]];
        var itemStarts = new long[population.Items.Count + 1];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = ItemsOf(population, rows[i]);
            row.CopyTo(items.AsSpan((int)starts[i]));
            foreach (var item in row) itemStarts[item + 1]++;
        }

        for (var i = 0; i < population.Items.Count; i++) itemStarts[i + 1] += itemStarts[i];
        var next = itemStarts.AsSpan(0, population.Items.Count).ToArray();
        var users = new int[items.Length];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var at = starts[i]; at < starts[i + 1]; at++) users[next[items[at]]++] = i;
        }

        return new ItemMatrix(starts, items, itemStarts, users, scale);
    }
}

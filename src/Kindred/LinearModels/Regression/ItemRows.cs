using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Regression;

/// <summary>The items of the users that regressions learn from.</summary>
internal sealed class ItemRows
{
    /// <summary>Gathers the rows of some lists.</summary>
    public ItemRows(TrainingContext context, IReadOnlyList<SeedMatch> lists)
    {
        Users = new SharedUsers(context.Population, context.Pool, lists);
        Pool = context.Items;
        Others = ItemMatrix.Of(context.Population, Users.Others, 1);
    }

    /// <summary>The users of the rows, in the order of the rows.</summary>
    public SharedUsers Users { get; }

    /// <summary>The candidate pool.</summary>
    public ItemMatrix Pool { get; }

    /// <summary>Seeds outside the pool.</summary>
    public ItemMatrix Others { get; }

    /// <summary>The items of a row's user.</summary>
    public ReadOnlySpan<int> ItemsOf(int row) => row < Pool.Users ? Pool.ItemsOf(row) : Others.ItemsOf(row - Pool.Users);
}

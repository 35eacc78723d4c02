using Kindred.SeedModels;
using Kindred.Tests.SeedModels;
using Kindred.Tuning;

namespace Kindred.Tests.Tuning;

public sealed class PseudoListsTests
{
    private static readonly TuningOptions _options = TuningWorld.Options with { Lists = 20, MinimumSeeds = 20 };

    [Fact]
    public void A_list_holds_the_users_of_its_items_and_no_item_is_in_two()
    {
        var items = Items();
        var lists = PseudoLists.Choose(items, TestIds(), _options);
        Assert.True(lists.Count >= 10);
        Assert.All(lists, list => Assert.Equal(
            Enumerable.Range(0, items.Users).Where(user => items.ItemsOf(user).ToArray().Intersect(list.Items).Any()), list.Users));
        var used = lists.SelectMany(list => list.Items).ToArray();
        Assert.Equal(used.Length, used.Distinct().Count());
        Assert.All(lists, list => Assert.True(list.Users.Count >= 20));
    }

    [Fact]
    public void No_fold_hides_more_than_the_limit_except_for_a_single_list()
    {
        var items = Items();
        foreach (var share in new[] { 0.02, 0.05, 0.2 })
        {
            var lists = PseudoLists.Choose(items, TestIds(), _options with { HiddenShare = share });
            Assert.All(lists.GroupBy(list => list.Fold), fold => Assert.True(
                fold.Count() == 1 || fold.SelectMany(list => list.Items).Sum(item => items.UsersOf(item).Length) <= share * items.Entries));
        }
    }

    [Fact]
    public void Sizes_equal_those_of_real_lists_if_an_item_has_them()
    {
        var lists = PseudoLists.Choose(Items(), TestIds(), _options with { Sizes = [40, 45, 50], HiddenShare = 0.3 });
        Assert.All(lists, list => Assert.InRange(list.Users.Count, 32, 63));
    }

    [Fact]
    public void A_size_that_no_item_has_is_a_union_of_items_of_one_taste()
    {
        var items = Items();
        var most = Enumerable.Range(0, items.Items).Max(item => items.UsersOf(item).Length);
        // A third of all users at most.
        var lists = PseudoLists.Choose(items, TestIds(), _options with { Sizes = [(int)(most * 1.4)], Lists = 10, HiddenShare = 0.3 });
        Assert.Contains(lists, list => list.Items.Count > 1 && list.Users.Count > most);
        var unions = lists.Where(list => list.Items.Count > 1).ToArray();
        Assert.True(unions.Average(list => list.Items.Average(item => item / 20 == list.Items[0] / 20 ? 1.0 : 0)) > 0.5);
    }

    [Fact]
    public void A_size_that_an_item_has_is_never_a_union_even_if_that_item_is_taken()
    {
        var items = Items();
        var most = Enumerable.Range(0, items.Items).Max(item => items.UsersOf(item).Length);
        var lists = PseudoLists.Choose(items, TestIds(), _options with { Sizes = [most], HiddenShare = 0.3 });
        Assert.All(lists, list => Assert.Single(list.Items));
        Assert.All(lists, list => Assert.InRange(list.Users.Count, most / 1.5, most));
    }

    [Fact]
    public void Items_without_enough_users_are_an_error_with_the_numbers()
    {
        var error = Assert.Throws<NoPseudoListsException>(() => PseudoLists.Choose(Items(), TestIds(), _options with { MinimumSeeds = 5000 }));
        Assert.Contains("the most popular has", error.Message, StringComparison.Ordinal);
        Assert.Contains("a list needs 5,557", error.Message, StringComparison.Ordinal);
    }

    private static ItemMatrix Items()
    {
        using var population = TuningWorld.Population();
        return TestTraining.Context(population).Items;
    }

    private static Kindred.Populations.IdList TestIds()
    {
        using var population = TuningWorld.Population();
        return population.Items;
    }
}

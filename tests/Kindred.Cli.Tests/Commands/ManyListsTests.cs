namespace Kindred.Cli.Tests.Commands;

/// <summary>Output for more lists than people read.</summary>
public sealed class ManyListsTests(SmallWorld world) : IDisposable
{
    private const string Lists = "--population {population} --seeds {seeds} ";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train --method centroid --out {out}", "lists")]
    [InlineData("expand --method centroid --size 30 40 --out {out}", "lists")]
    [InlineData("reach --method centroid --folds 2", "lists")]
    [InlineData("inspect", "lists")]
    public void Fifty_lists_are_shown_with_a_hint_where_to_find_the_others(string command, string key)
    {
        // 60 lists of 60 users.
        var users = world.People.Where(person => person.Active).Select(person => person.Id).ToArray();
        var seeds = _folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(Enumerable.Range(0, 60).SelectMany(list => Enumerable.Range(0, 60).Select(i => $"list-{list:00},{users[list * 20 + i]}\n"))));
        string[] Words(string output) => [.. $"{command} {Lists}".TrimEnd().Split(' ').Select(word =>
            word.Replace("{population}", world.Population, StringComparison.Ordinal).Replace("{seeds}", seeds, StringComparison.Ordinal).Replace("{out}", _folder[output], StringComparison.Ordinal)), "--output", output];

        var text = Invocation.Good(Words("text")).Output;
        Assert.Equal(Enumerable.Range(0, 50).Select(list => $"list-{list:00}"), text.Split('\n').Select(line => line.Split(' ')[0]).Where(word => word.StartsWith("list-", StringComparison.Ordinal)).Distinct());
        Assert.Contains("\n… and 10 lists more; --output json has all.\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(60, Invocation.Good(Words("json")).Json[key]!.AsArray().Count);
    }

    [Fact]
    public void Training_figures_have_a_fixed_order()
    {
        // The first list gets a linear model and the others a network; the two report different figures.
        var sizes = world.SeedsOf.OrderBy(list => list.Key, StringComparer.Ordinal).Select(list => (list.Key, list.Value.Count)).ToArray();
        var from = sizes.Max(list => list.Count);
        var largest = sizes.First(list => list.Count == from).Key;
        Assert.NotEqual(sizes[0].Key, largest);
        string[] Columns(string name, string seeds)
        {
            var text = Invocation.Good("train", "--population", world.Population, "--seeds", seeds, "--hidden-from", $"{from}", "--epochs", "3", "--out", _folder[name]).Output;
            return text.Split('\n').First(line => line.StartsWith("seed list ", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        var (all, one) = (Columns("all", world.Seeds), Columns("one", _folder.Text("one.csv", "user_id\n" + string.Join('\n', world.SeedsOf[largest]) + "\n")));
        Assert.Contains("epochs chosen on", one);
        Assert.Equal(one, all.Where(one.Contains));
    }
}

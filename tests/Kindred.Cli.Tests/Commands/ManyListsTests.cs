namespace Kindred.Cli.Tests.Commands;

/// <summary>Tables by list.</summary>
public sealed class ManyListsTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_training_reports_stands_in_one_order_whatever_the_lists()
    {
        // The first list gets a linear model and others a network, which report different figures.
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

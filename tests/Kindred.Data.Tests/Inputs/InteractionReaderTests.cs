using System.Globalization;
using Kindred.Data.Inputs;
using Kindred.Populations;

namespace Kindred.Data.Tests.Inputs;

public sealed class InteractionReaderTests : IDisposable
{
    private static readonly Gen<(string User, string Item, float Weight)[]> Rows = Gen.Select(
        Gen.Int[0, 12].Select(i => "u" + i), Gen.Int[0, 8].Select(i => "é" + i), Gen.OneOf(Gen.Float[-2f, 5f], Gen.Const(0f), Gen.Const(1e-3f))).Array[1, 80];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equals_grouping_and_sorting_the_obvious_way() => Rows.Sample(rows =>
    {
        var expected = rows.GroupBy(row => (row.User, row.Item))
            .Select(pair => (pair.Key.User, pair.Key.Item, Sum: (float)pair.Order().Sum(row => (double)row.Weight)))
            .ToArray();
        var kept = expected.Where(pair => pair.Sum > 0).OrderBy(pair => pair.User, StringComparer.Ordinal).ThenBy(pair => pair.Item, StringComparer.Ordinal).ToArray();
        if (kept.Length == 0) return;

        var input = InteractionReader.Read([Write("a.csv", rows)]);
        Assert.Equal(kept, Entries(input));
        Assert.Equal(rows.Select(row => row.User).Distinct().Order(StringComparer.Ordinal), Names(input.Matrix.Users));
        Assert.Equal(kept.Select(pair => pair.Item).Distinct().Order(StringComparer.Ordinal), Names(input.Matrix.Items));
        Assert.Equal(rows.Length, input.Report.Rows);
        Assert.Equal(rows.Length - expected.Length, input.Report.MergedRows);
        Assert.Equal(expected.Length - kept.Length, input.Report.DroppedPairs);
        Assert.Equal(rows.Count(row => row.Weight <= 0), input.Report.NonPositiveRows);
    }, iter: 200, threads: 1);

    [Fact]
    public void The_order_of_rows_and_files_changes_no_bit() => Gen.Select(Rows, Gen.Int[0, 1000], Gen.Int[0, 80]).Sample((rows, seed, cut) =>
    {
        if (rows.Sum(row => row.Weight) <= 0 || rows.All(row => row.Weight <= 0)) return;
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);
        cut = Math.Clamp(cut, 1, rows.Length);
        InteractionInput first;
        try
        {
            first = InteractionReader.Read([Write("a.csv", rows)]);
        }
        catch (KindredException)
        {
            return; // all pairs cancelled out
        }

        string[] files = cut == rows.Length ? [Write("b.csv", shuffled)] : [Write("b.csv", shuffled[..cut]), Write("c.csv", shuffled[cut..])];
        var second = InteractionReader.Read(files);
        Assert.Equal(Entries(first), Entries(second));
        Assert.Equal(first.Report, second.Report);
        Assert.Equal(first.Matrix.Users.Utf8.ToArray(), second.Matrix.Users.Utf8.ToArray());
    }, iter: 200, threads: 1);

    [Theory]
    [InlineData("1e17", "-1e17", "1")]
    [InlineData("1", "1e17", "-1e17")]
    [InlineData("-1e17", "1", "1e17")]
    [InlineData("1e17", "1", "-1e17")]
    public void Weights_of_very_different_size_sum_to_the_same_in_any_order(string a, string b, string c)
    {
        var input = InteractionReader.Read([_folder.Text("a.csv", $"user_id,item_id,weight\nu,x,{a}\nu,x,{b}\nu,x,{c}\nu,y,1\n")]);
        // In order of ascending weight, the small number is lost in the large one before the other large one cancels that.
        Assert.Equal([("u", "y", 1f)], Entries(input));
    }

    [Fact]
    public void Without_weights_every_row_counts_one()
    {
        var input = InteractionReader.Read([_folder.Text("a.csv", "item_id,user_id,other\nx,a,z\nx,a,z\ny,a,z\n")]);
        Assert.Equal([("a", "x", 2f), ("a", "y", 1f)], Entries(input));
        Assert.Null(input.LatestTimestamps);
    }

    [Fact]
    public void Given_users_are_the_population()
    {
        var users = UserReader.Read([_folder.Text("u.csv", "user_id\nc\na\nb\n")]).Users;
        var input = InteractionReader.Read([_folder.Text("a.csv", "user_id,item_id\nc,x\nstranger,only-theirs\na,x\n")], users);
        Assert.Equal(["a", "b", "c"], Names(input.Matrix.Users));
        Assert.Equal([("a", "x", 1f), ("c", "x", 1f)], Entries(input));
        Assert.Equal(1, input.Report.UnknownUserRows);
        Assert.Equal(["x"], Names(input.Matrix.Items));
    }

    [Fact]
    public void Interactions_of_unknown_users_only_are_an_error()
    {
        var users = UserReader.Read([_folder.Text("u.csv", "user_id\nc\n")]).Users;
        var error = Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([_folder.Text("a.csv", "user_id,item_id\na,x\n")], users));
        Assert.Contains("1 are of users that are not in the users' file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1700000000", 1_700_000_000_000)]
    [InlineData("1700000000.5", 1_700_000_000_500)]
    [InlineData("1700000000000", 1_700_000_000_000)]
    [InlineData("2023-11-14T22:13:20Z", 1_700_000_000_000)]
    [InlineData("2023-11-15T00:13:20+02:00", 1_700_000_000_000)]
    [InlineData("2023-11-14 22:13:20", 1_700_000_000_000)]
    [InlineData("2023-11-14", 1_699_920_000_000)]
    public void Timestamps_are_read_in_every_usual_form(string text, long milliseconds)
    {
        var input = InteractionReader.Read([_folder.Text("a.csv", $"user_id,item_id,timestamp\na,x,{text}\na,x,1970-01-02\n")]);
        Assert.Equal([milliseconds], input.LatestTimestamps!);
    }

    [Fact]
    public void Named_columns_are_used_and_must_be_there()
    {
        var file = _folder.Text("a.csv", "who,what,stars\na,x,3\n");
        var input = InteractionReader.Read([file], options: new InteractionOptions { UserColumn = "who", ItemColumn = "what", WeightColumn = "stars" });
        Assert.Equal([("a", "x", 3f)], Entries(input));
        Assert.Contains("'starz'", Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file],
            options: new InteractionOptions { UserColumn = "who", ItemColumn = "what", WeightColumn = "starz" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_stops_the_reading()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => InteractionReader.Read([_folder.Text("a.csv", "user_id,item_id\na,x\n")], cancellationToken: source.Token));
    }

    internal static string[] Names(IdList ids) => [.. Enumerable.Range(0, ids.Count).Select(ids.GetString)];

    private static (string User, string Item, float Weight)[] Entries(InteractionInput input)
    {
        var matrix = input.Matrix;
        return [.. Enumerable.Range(0, matrix.Users.Count).SelectMany(user =>
            matrix.Rows.ColumnsOf(user).ToArray().Zip(matrix.Rows.WeightsOf(user).ToArray(), (item, weight) =>
                (matrix.Users.GetString(user), matrix.Items.GetString(item), weight)))];
    }

    private string Write(string name, IEnumerable<(string User, string Item, float Weight)> rows) => _folder.Text(name,
        "user_id,item_id,weight\n" + string.Concat(rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.User},{row.Item},{row.Weight:R}\n"))));
}

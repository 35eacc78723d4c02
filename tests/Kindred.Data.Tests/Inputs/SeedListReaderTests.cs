using Kindred.Data.Inputs;

namespace Kindred.Data.Tests.Inputs;

public sealed class SeedListReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_are_gathered_sorted_and_the_last_row_of_a_user_counts()
    {
        var files = new[]
        {
            _folder.Text("a.csv", "seed_list_id,user_id,clicks,note\nshoes,c,1,x\nbooks,a,,y\nshoes,a,2,z\n"),
            _folder.Text("b.csv", "note,clicks,user_id,seed_list_id\nq,7,c,shoes\n"),
        };
        var lists = SeedListReader.Read(files, new SeedListOptions { MetricColumns = new HashSet<string> { "clicks" } });
        Assert.Equal(["books", "shoes"], lists.Select(list => list.Id));
        Assert.Equal(["a", "c"], InteractionReaderTests.Names(lists[1].Users));
        Assert.Equal([2f, 7f], lists[1].Metrics["clicks"]);
        Assert.Equal([float.NaN], lists[0].Metrics["clicks"]);
        Assert.Equal((0, 1), (lists[0].Duplicates, lists[1].Duplicates));
    }

    [Fact]
    public void A_file_without_lists_is_one_list_called_after_the_file()
    {
        var file = _folder.Text("spring.sale.csv", "user_id\nb\na\n");
        Assert.Equal("spring", Assert.Single(SeedListReader.Read([file])).Id);
        Assert.Equal("mine", Assert.Single(SeedListReader.Read([file], new SeedListOptions { DefaultListId = "mine" })).Id);
    }

    [Fact]
    public void Two_files_of_one_name_are_not_mixed_up()
    {
        Directory.CreateDirectory(_folder["other"]);
        var files = new[] { _folder.Text("x.csv", "user_id\na\n"), _folder.Text("other/x.csv", "user_id\nb\n") };
        Assert.Contains("Rename one", Assert.ThrowsAny<KindredException>(() => SeedListReader.Read(files)).Message, StringComparison.Ordinal);
        var joined = Assert.Single(SeedListReader.Read(files, new SeedListOptions { DefaultListId = "both" }));
        Assert.Equal(["a", "b"], InteractionReaderTests.Names(joined.Users));
    }

    [Theory]
    [InlineData("-1", "negative")]
    [InlineData("many", "not a number")]
    [InlineData("inf", "not a ")]
    public void A_wrong_metric_is_an_error_only_where_the_column_is_asked_for(string value, string problem)
    {
        var file = _folder.Text("a.csv", $"user_id,clicks\na,{value}\n");
        Assert.Single(SeedListReader.Read([file]));
        var error = Assert.ThrowsAny<KindredException>(() => SeedListReader.Read([file], new SeedListOptions { MetricColumns = new HashSet<string> { "clicks" } }));
        Assert.Contains("line 2, column 'clicks'", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exclusions_and_hold_outs_are_sorted_and_distinct()
    {
        var file = _folder.Text("h.csv", "seed_list_id,user_id\nx,b\nx,a\ny,b\nx,b\n");
        Assert.Equal(["a", "b"], InteractionReaderTests.Names(UserIdReader.Read([file])));
        var lists = UserIdReader.ReadByList([file]);
        Assert.Equal(["a", "b"], InteractionReaderTests.Names(lists["x"]));
        Assert.Equal(["b"], InteractionReaderTests.Names(lists["y"]));
        Assert.Contains("seed_list_id", Assert.ThrowsAny<KindredException>(() => UserIdReader.ReadByList([_folder.Text("n.csv", "user_id\na\n")])).Message, StringComparison.Ordinal);
    }
}

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests the properties of audiences on their files.</summary>
public sealed class AudienceTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1%", "", false, false)]
    [InlineData("7", "DE", false, false)]
    [InlineData("2.5%", "DE", true, false)]
    [InlineData("100", "", true, true)]
    [InlineData("10%", "RO", false, true)]
    public void An_audience_has_the_exact_size_and_only_eligible_users(string size, string country, bool exclude, bool includeSeed)
    {
        var people = world.People.ToDictionary(person => person.Id, StringComparer.Ordinal);
        var active = world.People.Where(person => person.Active && (country.Length == 0 || person.Country == country)).ToArray();
        var excluded = active.Where((_, i) => i % 5 == 0).Select(person => person.Id).ToHashSet(StringComparer.Ordinal);
        List<string> command = ["expand", "--population", world.Population, "--models", world.Models, "--size", size, "--out", _folder["audiences"]];
        if (country.Length > 0) command.AddRange(["--country", country]);
        if (exclude) command.AddRange(["--exclude", _folder.Text("exclude.csv", "user_id\nnobody-we-know\n" + string.Join('\n', excluded) + "\n")]);
        if (includeSeed) command.Add("--include-seed");
        Invocation.Good([.. command]);

        var expected = size.EndsWith('%')
            ? (int)Math.Round(double.Parse(size.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) / 100 * active.Length, MidpointRounding.AwayFromZero)
            : int.Parse(size, System.Globalization.CultureInfo.InvariantCulture);
        var audiences = AudienceFiles.Read(_folder["audiences"]);
        Assert.Equal(world.SeedsOf.Keys.Order(StringComparer.Ordinal), audiences.Keys.Order(StringComparer.Ordinal));
        foreach (var (list, rows) in audiences)
        {
            Assert.Equal(expected, rows.Count);
            AssertRanked(rows);
            Assert.All(rows, row =>
            {
                Assert.True(people[row.UserId].Active);
                Assert.True(country.Length == 0 || people[row.UserId].Country == country);
                Assert.False(exclude && excluded.Contains(row.UserId));
                Assert.False(!includeSeed && world.SeedsOf[list].Contains(row.UserId));
            });
        }

        // If seeds are included, the largest list's seeds score highest.
        if (includeSeed) Assert.Contains(audiences["advertiser-06"], row => world.SeedsOf["advertiser-06"].Contains(row.UserId));
        if (exclude) Assert.Equal(excluded.Count, (int)AudienceFiles.Manifest(_folder["audiences"])["excludedUsers"]!);
    }

    [Theory]
    [InlineData("1", "6 audiences have fewer than 25 users, the smallest 1.", true)]
    [InlineData("24", "6 audiences have fewer than 25 users, the smallest 24.", true)]
    [InlineData("0.5%", "6 audiences have fewer than 25 users, the smallest 15.", false)]
    [InlineData("24 --seeds {one} --method centroid", "1 audience has fewer than 25 users: 24.", true)]
    [InlineData("25", "", false)]
    [InlineData("1%", "", false)]
    public void Audiences_of_a_few_users_are_noted(string size, string says, bool share)
    {
        var one = _folder.Text("one.csv", "user_id\n" + string.Join('\n', world.SeedsOf["advertiser-01"]) + "\n");
        string[] words = size.Replace("{one}", one, StringComparison.Ordinal).Split(' ');
        string[] models = words.Contains("--seeds") ? [] : ["--models", world.Models];
        var run = Invocation.Good(["expand", "--population", world.Population, .. models, "--out", _folder["audiences"], "--size", .. words]);
        Assert.Equal(says.Length > 0, run.Error.Contains("fewer than 25 users", StringComparison.Ordinal));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(share, run.Error.Contains("write a percent sign, as in 1%", StringComparison.Ordinal));
        Assert.Equal(says.Length > 0, run.Error.Contains("can be guessed (docs/privacy.md)", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_users_to_exclude_are_noted_in_one_line()
    {
        var strangers = _folder.Text("strangers.csv", "user_id\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"stranger-{i}\n")));
        var run = Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "30", "--exclude", strangers, "--out", _folder["audiences"]);
        Assert.Contains("None of the 24 ids to exclude is in the population, so no user is excluded.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Excluding 0", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_sizes_are_prefixes_of_one_ranking_and_their_thresholds_reproduce_them()
    {
        var active = world.People.Count(person => person.Active);
        var everybody = active - world.SeedsOf.Values.Max(list => world.People.Count(person => person.Active && list.Contains(person.Id)));
        Expand("all", everybody.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Expand("nested", "5%", "30", "1%,250");
        var all = AudienceFiles.Read(_folder["all"]);
        var nested = AudienceFiles.Read(_folder["nested"]);
        foreach (var (list, sizes) in AudienceFiles.Sizes(_folder["nested"]))
        {
            Assert.Equal(["1%", "30", "5%", "250"], sizes.Select(size => size.Size));
            Assert.Equal(sizes.Max(size => size.Users), nested[list].Count);
            foreach (var size in sizes)
            {
                var beginning = all[list].Take(size.Users);
                Assert.Equal(beginning, nested[list].Take(size.Users));
                Assert.Equal(beginning, all[list].Where(row => row.Score > size.Score
                    || (row.Score == size.Score && string.CompareOrdinal(row.UserId, size.LastUserId) <= 0)));
            }
        }

        // Users without interactions have equal scores, so the checks above cover the order of ties.
        Assert.Contains(all.Values, rows => rows.Select(row => row.Score).Distinct().Count() < rows.Count);
        Assert.All(all.Values, AssertRanked);
    }

    [Fact]
    public void A_threshold_inside_a_tie_cuts_by_user_id()
    {
        Expand("all", "2000");
        var rows = AudienceFiles.Read(_folder["all"])["advertiser-01"];
        var inTie = Enumerable.Range(1, rows.Count - 1).First(i => rows[i].Score == rows[i - 1].Score);
        Expand("cut", inTie.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var cut = AudienceFiles.Read(_folder["cut"])["advertiser-01"];
        Assert.Equal(rows.Take(inTie), cut);
        Assert.Equal((rows[inTie].Score, rows[inTie - 1].UserId), (AudienceFiles.Sizes(_folder["cut"])["advertiser-01"][0].Score, cut[^1].UserId));
    }

    [Fact]
    public void Every_format_holds_the_same_rows()
    {
        foreach (var format in new[] { "csv", "csv.gz", "parquet" }) Expand(format, "3%", "--format", format);
        var csv = AudienceFiles.Read(_folder["csv"]);
        Assert.Equal(csv, AudienceFiles.Read(_folder["csv.gz"]));
        Assert.Equal(csv, AudienceFiles.Read(_folder["parquet"]));
        Assert.Equal([0x1F, 0x8B], File.ReadAllBytes(_folder["csv.gz/advertiser-01.csv.gz"])[..2]);
        Assert.Equal("PAR1"u8, File.ReadAllBytes(_folder["parquet/advertiser-01.parquet"])[..4]);
        Assert.Equal("user_id,score,rank", File.ReadLines(_folder["csv/advertiser-01.csv"]).First());
    }

    [Fact]
    public void Expanding_from_seeds_equals_training_and_then_expanding()
    {
        string[] settings = ["--hidden-from", "100", "--weight-by", "ctr", "--country", "DE"];
        Invocation.Good(["expand", "--population", world.Population, "--seeds", world.Seeds, "--size", "40", "--out", _folder["at once"], .. settings]);
        Invocation.Good(["train", "--population", world.Population, "--seeds", world.Seeds, "--out", _folder["models"], .. settings]);
        Invocation.Good("expand", "--population", world.Population, "--models", _folder["models"], "--size", "40", "--country", "DE", "--out", _folder["after"]);
        Assert.Equal(["manifest.json"], FolderContents.Differences(_folder["at once"], _folder["after"]));
        var (once, after) = (AudienceFiles.Manifest(_folder["at once"]).AsObject(), AudienceFiles.Manifest(_folder["after"]).AsObject());
        Assert.True(after.Remove("modelsVersion"));
        once.Remove("version");
        after.Remove("version");
        Assert.Equal(once.ToJsonString(), after.ToJsonString());
    }

    private void Expand(string name, params string[] sizeAndOptions) => Invocation.Good(
        ["expand", "--population", world.Population, "--models", world.Models, "--out", _folder[name], "--size", .. sizeAndOptions]);

    private static void AssertRanked(IReadOnlyList<AudienceRow> rows)
    {
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(rank => (long)rank), rows.Select(row => row.Rank));
        Assert.Equal(rows.OrderByDescending(row => row.Score).ThenBy(row => row.UserId, StringComparer.Ordinal), rows);
        Assert.Equal(rows.Count, rows.Select(row => row.UserId).Distinct().Count());
        Assert.All(rows, row => Assert.True(float.IsFinite(row.Score)));
    }
}

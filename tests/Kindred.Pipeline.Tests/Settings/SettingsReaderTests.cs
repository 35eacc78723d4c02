using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Tests.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SettingsReaderTests()
    {
        _folder.Text("seeds.csv", "seed_list_id,user_id\na,u1\n");
        Directory.CreateDirectory(_folder["lists"]);
        _folder.Text("lists/acme.csv", "user_id\nu1\n");
        _folder.Text("lists/zebra.csv", "user_id\nu2\n");
        _folder.Text("gone.csv", "user_id\nu3\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_settings_have_the_documented_defaults()
    {
        var settings = Read("population: p\nseeds: seeds.csv");
        Assert.Equal(_folder["p"], settings.Population);
        Assert.Equal(_folder["runs"], settings.Store);
        Assert.Equal([_folder["seeds.csv"]], settings.Seeds);
        Assert.Equal((7, 1UL, Sizing.Exact, 65_536, 0.95, true, true, 256), (settings.Keep, settings.Seed, settings.Sizing, settings.Sample, settings.Confidence, settings.WarmStart, settings.PublishIndex, settings.BatchLists));
        var list = settings.Of("whatever");
        Assert.Equal(("", "mlp", "1%", true, false, null), (list.Owner, list.Method, Assert.Single(list.Sizes).ToString(), list.LearnFromCountry, list.IncludeSeeds, list.ListFormat));
        Assert.Empty(list.Countries);
        Assert.Equal(1_000_000, Read("population: p\nseeds: seeds.csv\nsizing: sampled").Sample);
    }

    [Fact]
    public void Settings_per_list_come_from_the_table_and_the_file_and_the_file_wins()
    {
        _folder.Text("targets.csv", "seed_list_id,owner,countries,sizes,schedule,exclude\na,acme,DE;HU,1%;500,mon;thu,gone.csv\nb,,,2%,,\n");
        var settings = Read("population: p\nseeds: lists\ntargets: targets.csv\nowner: nobody\nlists:\n  a: { sizes: [3%], publish_lists: parquet }");
        Assert.Equal([_folder["lists/acme.csv"], _folder["lists/zebra.csv"]], settings.Seeds);
        var a = settings.Of("a");
        Assert.Equal(("acme", "3%", "mon,thu", "parquet"), (a.Owner, Assert.Single(a.Sizes).ToString(), a.Schedule.ToString(), a.ListFormat));
        Assert.Equal(["DE", "HU"], a.Countries);
        Assert.Equal([_folder["gone.csv"]], a.Exclude);
        Assert.Equal(("nobody", "2%"), (settings.Of("b").Owner, settings.Of("b").Sizes[0].ToString()));
    }

    [Fact]
    public void Settings_in_JSON_equal_those_in_YAML()
    {
        var yaml = Read("population: p\nseeds: [seeds.csv]\nsizes: [1%, 500]\nlists:\n  a: { countries: [DE] }");
        var json = Read("""{"population": "p", "seeds": ["seeds.csv"], "sizes": ["1%", 500], "lists": {"a": {"countries": ["DE"]}}}""");
        Assert.Equal(yaml.Default.Sizes, json.Default.Sizes);
        Assert.Equal(yaml.Of("a").Countries, json.Of("a").Countries);
    }

    [Theory]
    [InlineData("population: p", "line 1, column 1: the setting 'seeds' is missing")]
    [InlineData("seeds: seeds.csv", "the setting 'population' is missing")]
    [InlineData("population: p\nseeds: seeds.csv\n!x seeds: gone.csv", "line 3, column 1: 'seeds' occurs twice")]
    [InlineData("population: p\nseeds: seeds.csv\nminimum_kept: 1e999", "'minimum_kept' is Infinity; it must be from 0 to 1")]
    [InlineData("population: p\nseeds: none.csv", "line 2, column 8: 'none.csv' names no file")]
    [InlineData("population: p\nseeds: seeds.csv\nsize: [1%]", "line 3, column 1: there is no setting 'size'. Did you mean 'sizes'?")]
    [InlineData("population: p\nseeds: seeds.csv\nsizes: [0%]", "line 3, column 8: '0%' is not an audience size")]
    [InlineData("population: p\nseeds: seeds.csv\nsizes: []", "'sizes' is empty")]
    [InlineData("population: p\nseeds: seeds.csv\nkeep: many", "line 3, column 7: 'keep' is 'many'; it must be a whole number")]
    [InlineData("population: p\nseeds: seeds.csv\nkeep: 0", "line 3, column 7: 'keep' is 0; it must be from 1 to 10,000. See docs/guide/daily-run.md")]
    [InlineData("population: p\nseeds: seeds.csv\nwarm_start: yes", "'warm_start' is 'yes'; it must be true or false")]
    [InlineData("population: p\nseeds: seeds.csv\nsizing: roughly", "'sizing' is 'roughly'; it must be one of exact, sampled")]
    [InlineData("population: p\nseeds: seeds.csv\nschedule: someday", "'schedule' is 'someday'; it must be daily, paused, or days such as mon,thu")]
    [InlineData("population: p\nseeds: seeds.csv\npublish_lists: xlsx", "'publish_lists' is 'xlsx'; it must be one of none, csv, csv.gz, parquet")]
    [InlineData("population: p\nseeds: seeds.csv\nlists:\n  a: { sises: [1%] }", "line 4, column 8: there is no setting 'lists.a.sises'. Did you mean 'sizes'?")]
    [InlineData("population: p\nseeds: seeds.csv\nlists:\n  a: [1%]", "'lists.a' must be a map of keys and values")]
    [InlineData("population: p\nseeds: seeds.csv\ntraining: { layers: 3 }", "there is no setting 'training.layers'")]
    [InlineData("population: [p", "this is not YAML")]
    [InlineData("- population", "a settings file is one map of keys and values")]
    [InlineData("", "a settings file is one map of keys and values")]
    [InlineData("population: { folder: p, interactions: [none.csv] }\nseeds: seeds.csv", "'none.csv' names no file")]
    public void Errors_name_file_line_key_value_and_rule(string text, string expected)
    {
        var error = Assert.ThrowsAny<KindredException>(() => Read(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Usage, error.Kind);
    }

    [Theory]
    [InlineData("seed_list_id,colour\na,red\n", "there is no setting 'colour' of a list")]
    [InlineData("list,owner\na,acme\n", "seed_list_id")]
    [InlineData("seed_list_id,sizes\na,1%\na,2%\n", "line 3, column 'seed_list_id': list 'a' has a row already")]
    [InlineData("seed_list_id,sizes\na,much\n", "line 2, column 'sizes': 'much' is not an audience size")]
    [InlineData("seed_list_id,learn_from\na,books\n", "line 2, column 'learn_from': 'learn_from' is 'books'")]
    public void Errors_in_a_table_of_targets_name_line_and_column(string table, string expected)
    {
        _folder.Text("targets.csv", table);
        var error = Assert.ThrowsAny<KindredException>(() => Read("population: p\nseeds: seeds.csv\ntargets: targets.csv"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_settings_file_is_reported_as_missing() =>
        Assert.Contains("cannot be read", Assert.ThrowsAny<KindredException>(() => SettingsReader.Read(_folder["nothing.yaml"])).Message, StringComparison.Ordinal);

    private RunSettings Read(string text) => SettingsReader.Read(_folder.Text("run.yaml", text));
}

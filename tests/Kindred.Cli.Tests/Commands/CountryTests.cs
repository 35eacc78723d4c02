using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests target countries and small lists.</summary>
public sealed class CountryTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_uses_only_seeds_of_the_target_country()
    {
        Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--country", "DE", "--minimum-seeds", "5", "--out", _folder["all"]);
        var german = world.People.Where(person => person.Country == "DE").Select(person => person.Id).ToHashSet(StringComparer.Ordinal);
        var lines = File.ReadLines(world.Seeds).Where((line, i) => i == 0 || german.Contains(line.Split(',')[1]));
        var seeds = _folder.Text("german.csv", string.Join('\n', lines) + '\n');
        Invocation.Good("train", "--population", world.Population, "--seeds", seeds, "--country", "DE", "--minimum-seeds", "5", "--out", _folder["german"]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["german"], "models.safetensors")), File.ReadAllBytes(Path.Combine(_folder["all"], "models.safetensors")));
    }

    [Fact]
    public void Small_lists_are_refused_together_or_skipped_on_request()
    {
        var few = string.Concat(world.People.Take(6).Select((person, i) => $"tiny-{i % 2},{person.Id},0,0,0\n"));
        var seeds = _folder.Text("seeds.csv", File.ReadAllText(world.Seeds) + few);
        var refused = Invocation.Of("train", "--population", world.Population, "--seeds", seeds, "--out", _folder["models"]);
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.All(["2 of 8 seed lists", "'tiny-0' (3 users, of which 3 are in the population)", "'tiny-1'", "--skip-small"],
            text => Assert.Contains(text, refused.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("same spelling", refused.Error, StringComparison.Ordinal);

        var skipped = Invocation.Good("train", "--population", world.Population, "--seeds", seeds, "--skip-small", "--out", _folder["models"], "--output", "json");
        Assert.Equal(6, skipped.Json["lists"]!.AsArray().Count);
        Assert.Contains("Left out: 2 of 8", skipped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_name_that_is_no_valid_list_id_is_refused_before_training()
    {
        var seeds = _folder.Text("acme .csv", string.Join('\n', world.SeedsOf["advertiser-01"].Prepend("user_id")) + '\n');
        var run = Invocation.Of("train", "--population", world.Population, "--seeds", seeds, "--out", _folder["models"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("would be called", run.Error, StringComparison.Ordinal);
        Assert.Contains("Rename the file", run.Error, StringComparison.Ordinal);
    }
}

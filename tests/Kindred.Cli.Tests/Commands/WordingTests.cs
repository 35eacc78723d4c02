using System.Text;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests that composed sentences read well.</summary>
public sealed class WordingTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Unknown_seeds_are_reported_in_full_sentences_that_name_the_input()
    {
        var strangers = "seed_list_id,user_id\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"a,{i * 7919:X8}-{i}\n"));
        var run = KindredProcess.Piped(Encoding.UTF8.GetBytes(strangers), "train", "--population", world.Population, "--seeds", "-", "--out", _folder["models"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("None of the 300 seeds in stdin is in the population", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("..", run.Error, StringComparison.Ordinal);
        run = KindredProcess.Piped(File.ReadAllBytes(world.Seeds), "check", "--population", world.Population, "--seeds", "-", "--seed-list", "nobody");
        Assert.Contains("There is no seed list 'nobody' among the 6 of stdin,", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --method centroid --out {out}")]
    [InlineData("reach --method centroid --folds 2")]
    [InlineData("evaluate --method centroid --repeats 1")]
    [InlineData("compare --methods centroid activity --repeats 1 --out {out}")]
    [InlineData("inspect")]
    public void One_list_is_in_the_singular(string command)
    {
        var one = _folder.Text("one.csv", "user_id\n" + string.Join('\n', world.SeedsOf["advertiser-06"]) + "\n");
        var run = Invocation.Good([.. command.Replace("{out}", _folder["out"], StringComparison.Ordinal).Split(' '), "--population", world.Population, "--seeds", one]);
        Assert.Contains("1 seed list", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("1 seed lists", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate --users 10 --out {out}", "it must be from 1,000 to 1,000,000,000.")]
    [InlineData("experiment analyze --log log.csv --arm arm --control a --metric m=mean:x --memory 20000", "--memory is 20000; it must be from 0.05 to 10,000 GB.")]
    public void Bounds_in_the_thousands_have_separators(string command, string says)
    {
        var run = Invocation.Of(command.Replace("{out}", _folder["out"], StringComparison.Ordinal).Split(' '));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"to [0-9]{4}", run.Error);
    }
}

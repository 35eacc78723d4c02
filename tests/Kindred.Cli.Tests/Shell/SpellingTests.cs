using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Shell;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("expnad --population p", "There is no command 'expnad'. Did you mean 'expand'?")]
    [InlineData("evalute", "There is no command 'evalute'. Did you mean 'evaluate'?")]
    [InlineData("roll", "There is no command 'roll'. Did you mean 'rollback'?")]
    [InlineData("EMBED", "There is no command 'EMBED'. Did you mean 'embed'?")]
    [InlineData("kubernetes", "There is no command 'kubernetes'.")]
    [InlineData("runs shwo", "There is no command 'shwo' of `kindred runs`. Did you mean 'show'?")]
    [InlineData("runs sho 3", "There is no command 'sho' of `kindred runs`. Did you mean 'show'?")]
    [InlineData("demo --sede 3", "There is no option '--sede' of `kindred demo`. Did you mean '--seed'?")]
    [InlineData("demo --seed-list 3", "There is no option '--seed-list' of `kindred demo`. Did you mean '--seed-lists'?")]
    [InlineData("demo -threads 3", "There is no option '-threads' of `kindred demo`. Did you mean '--threads'?")]
    [InlineData("demo --thread=3", "There is no option '--thread' of `kindred demo`. Did you mean '--threads'?")]
    [InlineData("demo --hlep", "There is no option '--hlep' of `kindred demo`. Did you mean '--help'?")]
    [InlineData("demo --verbose", "There is no option '--verbose' of `kindred demo`.")]
    [InlineData("runs show --owmer acme", "There is no option '--owmer' of `kindred runs show`. Did you mean '--owner'?")]
    [InlineData("lookup u1 --outptu json", "There is no option '--outptu' of `kindred lookup`. Did you mean '--output'?")]
    [InlineData("show population --ouput json", "There is no option '--ouput' of `kindred show`. Did you mean '--output'?")]
    [InlineData("demo --output jsn", "--output is 'jsn'; it must be text or json. Did you mean 'json'?")]
    [InlineData("demo --output yaml", "--output is 'yaml'; it must be text or json.")]
    [InlineData("completion bsah", "The shell is 'bsah'; it must be bash or zsh. Did you mean 'bash'?")]
    [InlineData("train --population p --seeds s --out o --method centriod", "--method is 'centriod'; it must be ", " Did you mean 'centroid'?")]
    [InlineData("expand --population p --seeds s --out o --size 1 --format parqet", "--format is 'parqet'; it must be csv, csv.gz or parquet. Did you mean 'parquet'?")]
    [InlineData("worker --plan p --stage treshold", "--stage is 'treshold'; it must be ", "Did you mean 'threshold'?")]
    [InlineData("compare --population p --seeds s --out o --methods mlp,liner", "there is no method 'liner'. Known methods are ", "Did you mean 'linear'?")]
    [InlineData("check --population p --seeds s --id-hash sha25", "--id-hash is 'sha25'; it must be sha256, sha1 or md5. Did you mean 'sha256'?")]
    [InlineData("bench --only scor_d64", "--only names 'scor_d64'", "Did you mean 'score_d64'?")]
    public void A_mistyped_word_gets_only_the_nearest_suggestion(string command, params string[] says)
    {
        var run = Invocation.Of(command.Split(' '));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal("", run.Output);
        var line = run.Error.Split('\n')[0].TrimEnd('\r');
        Assert.All(says, text => Assert.Contains(text, line, StringComparison.Ordinal));
        if (says.Length == 1 && says[0][0] != '-') Assert.Equal($"kindred: {says[0]}", line);
        if (!says[^1].Contains('?', StringComparison.Ordinal)) Assert.DoesNotContain("Did you mean", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_word_with_one_missing_or_two_swapped_letters_suggests_the_word()
    {
        var root = CommandLine.Root;
        var tried = 0;
        foreach (var known in CommandTree.Walk(root).SelectMany(command => new[] { CommandTree.CommandsOf(command).Select(below => below.Name).ToArray(), CommandTree.OptionNamesOf(command).ToArray() }))
        {
            foreach (var (word, wrong) in known.SelectMany(word => Mistyped(word).Select(wrong => (word, wrong))).Where(pair => !known.Contains(pair.wrong)))
            {
                var meant = Spelling.Nearest(wrong, known);
                tried++;

                // The misspelling may be equally close to another word, or the start of one.
                Assert.True(meant is not null && (meant == word || IsOneEdit(meant, wrong) || meant.Trim('-').StartsWith(wrong.Trim('-'), StringComparison.Ordinal)), $"'{wrong}' of '{word}' leads to '{meant}'");
            }
        }

        Assert.InRange(tried, 1000, 100_000);
    }

    [Fact]
    public void A_very_long_word_gets_no_suggestion() => Assert.Null(Spelling.Nearest(new string('x', 1_000_000), ["train"]));

    // True if one letter is changed, missing, added, or swapped with its neighbour; checked by brute force.
    private static bool IsOneEdit(string one, string other) => one.Length == other.Length
        ? one.Zip(other).Count(pair => pair.First != pair.Second) == 1 || Enumerable.Range(0, one.Length - 1).Any(i => one[..i] + one[i + 1] + one[i] + one[(i + 2)..] == other)
        : Enumerable.Range(0, one.Length).Any(i => one.Remove(i, 1) == other) || Enumerable.Range(0, other.Length).Any(i => other.Remove(i, 1) == one);

    private static string[] Mistyped(string word)
    {
        var start = word.StartsWith("--", StringComparison.Ordinal) ? 2 : 0;
        if (word.Length - start < 4) return [];
        return [.. Enumerable.Range(start, word.Length - start).Select(i => word.Remove(i, 1)), .. Enumerable.Range(start, word.Length - start - 1).Select(i => word[..i] + word[i + 1] + word[i] + word[(i + 2)..])];
    }
}

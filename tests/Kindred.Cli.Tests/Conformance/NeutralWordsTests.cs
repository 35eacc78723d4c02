using System.Text.RegularExpressions;

namespace Kindred.Cli.Tests.Conformance;

/// <summary>Tests that libraries use neutral words, because a program, a server and the command each offer their own next step.</summary>
public sealed partial class NeutralWordsTests
{
    private const string Rule =
        "Only Kindred.Cli may name options and commands. Give the error a code and a neutral remedy, and add the command's own words to NextSteps.";

    // The command and `kindred bench`; settings files that the command writes with comments that name it; and a style sheet, where custom
    // properties look like options.
    private static readonly string[] _mayNameOptions =
    [
        "src/Kindred.Cli/", "src/Kindred.Bench/", "src/Kindred.App/Simulation/SimulationSettings.cs", "src/Kindred.App/Worlds/WorldSettings.cs",
        "src/Kindred.Reports/Html/PageStyle.cs",
        "src/Kindred.Reports/DesignTokens.cs",
    ];

    private static readonly Regex _command = new($@"\bkindred ({string.Join('|', CommandLine.Root.Subcommands.Select(command => command.Name))})\b");

    [Fact]
    public void No_library_mentions_an_option_or_a_command()
    {
        var found = SourceFiles.All
            .Where(file => !_mayNameOptions.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .SelectMany(file => Words(file.Text).Select(place => $"{file.Path}:{place.Line}: {place.Word}"))
            .ToArray();
        Assert.True(found.Length == 0, $"{Rule}\n{string.Join('\n', found)}");
    }

    [Theory]
    [InlineData("throw new Exception(\"Choose another --out.\");", "--out")]
    [InlineData("/// <summary>Cells that <c>--weight-by</c> refuses.</summary>", "--weight-by")]
    [InlineData("const string Remedy = \"Train again with `kindred train`\";", "kindred train")]
    [InlineData("// As `kindred expand` does.", "kindred expand")]
    [InlineData("const string Text = \"\"\"\n    Use --replace.\n    \"\"\";", "--replace")]
    public void Options_and_commands_are_found(string code, string word) => Assert.Equal(word, Assert.Single(Words(code)).Word);

    [Theory]
    [InlineData("for (var left = 3; left > 0; left--) Use(--left);")]
    [InlineData("var domain = \"kindred forgotten user\";")]
    [InlineData("const string Format = \"kindred-run\";")]
    [InlineData("// One — or -- more.")]
    public void Other_text_is_not(string code) => Assert.Empty(Words(code));

    private static IEnumerable<(int Line, string Word)> Words(string code)
    {
        var (number, raw) = (0, false);
        foreach (var line in code.Split('\n'))
        {
            number++;
            var text = raw ? line : TextOf(line);
            if (line.Split("\"\"\"").Length % 2 == 0) raw = !raw;
            foreach (var word in OptionWord().Matches(text).Concat(_command.Matches(text))) yield return (number, word.Value);
        }
    }

    // Comments, and everything from the first to the last quote. Code between two strings does not look like an option in practice.
    private static string TextOf(string line)
    {
        if (line.IndexOf("//", StringComparison.Ordinal) is >= 0 and var comment && line[..comment].Count(letter => letter == '"') % 2 == 0)
        {
            return line[comment..] + " " + TextOf(line[..comment]);
        }

        var (first, last) = (line.IndexOf('"'), line.LastIndexOf('"'));
        return first < last ? line[first..last] : "";
    }

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex OptionWord();
}

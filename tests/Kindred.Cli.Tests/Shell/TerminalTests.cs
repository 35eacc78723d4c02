using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Shell;

/// <summary>Tests of output to a terminal and elsewhere.</summary>
public sealed class TerminalTests
{
    // Runs a program in a terminal; part of the base system of most distributions.
    private const string Script = "/usr/bin/script";
    private const char Escape = '\e';

    public static TheoryData<string, int> Commands => new()
    {
        { "--version", 0 },
        { "--help", 0 },
        { "trian", 2 },
        { "train --output jsn", 2 },
        { "show no-such-folder", 42 },
        { "generate --users 3000 --seed-lists 3 --out {out}", 0 },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Output_has_no_colours_or_escape_sequences_even_on_a_terminal(string command, int code)
    {
        Assert.SkipUnless(File.Exists(Script), "The program script, which provides a terminal, is missing.");
        using var folder = new TemporaryFolder();
        var run = OnTerminal(folder, command);
        Assert.Equal(code, run.Code);
        Assert.NotEqual("", run.Output);
        Assert.DoesNotContain(Escape, run.Output);

        // NO_COLOR therefore changes nothing.
        using var other = new TemporaryFolder();
        Assert.Equal(LastLine(run), LastLine(OnTerminal(other, command, noColor: true)).Replace(other.Path, folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_is_drawn_on_a_terminal_and_cleared_afterwards()
    {
        Assert.SkipUnless(File.Exists(Script), "The program script, which provides a terminal, is missing.");
        using var folder = new TemporaryFolder();
        var run = OnTerminal(folder, "generate --users 3000 --seed-lists 3 --out {out}");
        Assert.Contains("\rMaking users", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\r +\rWorld in [^\r]+\r\n\z", run.Output);
        Assert.DoesNotContain("\rMaking", OnTerminal(folder, "generate --users 3000 --seed-lists 3 --out {out} --replace --quiet").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_progress_is_drawn_if_standard_error_is_not_a_terminal()
    {
        using var folder = new TemporaryFolder();
        var run = KindredProcess.In(folder.Path, "generate", "--users", "3000", "--seed-lists", "3", "--out", "world");
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        Assert.DoesNotContain('\r', run.Output);

        // Notes are still written, except with --quiet.
        var noted = KindredProcess.In(folder.Path, "embed", "--interactions", "world/interactions.csv.gz", "--dimension", "16", "--iterations", "1", "--copies", "1", "--out", "population");
        Assert.Contains("Read ", noted.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', noted.Error);
        Assert.Equal("", KindredProcess.In(folder.Path, "embed", "--interactions", "world/interactions.csv.gz", "--dimension", "16", "--iterations", "1", "--copies", "1", "--out", "population", "--replace", "--quiet").Error);
    }

    private static string LastLine(Invocation run) => run.Output.TrimEnd().Split('\n')[^1].Split('\r')[^1];

    private static Invocation OnTerminal(TemporaryFolder folder, string command, bool noColor = false)
    {
        var words = KindredProcess.Words.Concat(command.Replace("{out}", folder["out"], StringComparison.Ordinal).Split(' '));
        return KindredProcess.Of(Script, ["-qec", string.Join(' ', words.Select(word => $"'{word}'")), "/dev/null"], start =>
        {
            start.RedirectStandardInput = true;
            start.Environment["TERM"] = "xterm-256color";
            start.Environment.Remove("NO_COLOR");
            if (noColor) start.Environment["NO_COLOR"] = "1";
        });
    }
}

using System.Text.RegularExpressions;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests;

/// <summary>Runs every command of docs/guide/start.md literally and in order, in one folder.</summary>
public sealed partial class GuideTests : IDisposable
{
    // The guide's world has 100,000 users; this test uses a smaller one to be quick, where a list is too small for one of its countries.
    private const string Wrapper =
        """
        #!/bin/bash
        small=()
        if [[ $1 == generate ]]; then small=(--users 6000 --seed-lists 4 --min-seeds 60 --max-seeds 300); fi
        if [[ $1 == run ]]; then small=(--allow-missing); fi
        if [[ "$1 $2" == "experiment simulate" ]]; then small=(--users 2000 --seed-lists 3 --days 3 --pre-days 3); fi
        exec KINDRED "$@" "${small[@]}"
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_command_works_and_prints_the_guides_output_except_for_numbers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The guide's commands need a Unix shell.");
        var commands = Commands(File.ReadLines(Path.Combine(Repository.Root, "docs/guide/start.md")));
        Assert.InRange(commands.Count, 20, 40);
        MakeFilesOfTheReader();
        foreach (var (line, shown) in commands)
        {
            var run = KindredProcess.Of("/bin/bash", ["-c", line], start => start.WorkingDirectory = _folder.Path);
            Assert.True(run.Code == 0, $"{line}\nended with {run.Code}:\n{run.Error}");
            var printed = $"{run.Error}\n{run.Output}".Replace(_folder.Path + "/", "", StringComparison.Ordinal).Split('\n').Select(WithoutNumbers).ToHashSet(StringComparer.Ordinal);
            Assert.All(shown.Select(WithoutNumbers), expected => Assert.Contains(expected, printed));
        }

        Assert.Equal(501, File.ReadLines(_folder["audiences/advertiser-01.csv"]).Count());
    }

    [Fact]
    public void The_readme_names_only_commands_and_options_that_exist()
    {
        var cells = File.ReadLines(Path.Combine(Repository.Root, "README.md")).Select(line => CommandInTable().Match(line)).Where(match => match.Success).ToArray();
        Assert.InRange(cells.Length, 6, 15);
        Assert.All(cells, cell =>
        {
            var words = cell.Groups[1].Value.Split(' ');
            string[] command = [.. words.TakeWhile(word => !word.StartsWith('-') && !word.Contains('.', StringComparison.Ordinal) && word != "u0028152")];
            var help = Invocation.Good([.. command, "--help"]).Output;
            Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains($"{option} ", help, StringComparison.Ordinal));
        });
    }

    [GeneratedRegex(@"^\|[^|]*\| `kindred ([^`]+)` \|")]
    private static partial Regex CommandInTable();

    [GeneratedRegex(@"(\b[0-9a-f]{8}\b|[-+−]?[0-9][0-9,.]*)+")]
    private static partial Regex Number();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    private static string WithoutNumbers(string line) => Spaces().Replace(Number().Replace(line, "#"), " ").Trim();

    /// <summary>Returns the commands in indented lines, each with the indented output lines that follow it.</summary>
    private static List<(string Line, List<string> Shown)> Commands(IEnumerable<string> guide)
    {
        var (commands, open) = (new List<(string Line, List<string> Shown)>(), false);
        foreach (var line in guide.Where(line => line.Length > 0))
        {
            var text = line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : null;
            if (text?.StartsWith("./kindred ", StringComparison.Ordinal) == true || text?.StartsWith("head ", StringComparison.Ordinal) == true)
            {
                commands.Add((text, []));
                open = true;
            }
            else if (text is null)
            {
                open = false;
            }
            else if (open)
            {
                commands[^1].Shown.Add(text);
            }
        }

        return commands;
    }

    // Files that the guide's reader provides: embeddings, today's interactions, and the log of a test.
    private void MakeFilesOfTheReader()
    {
        var kindred = _folder.Text("kindred", Wrapper.Replace("KINDRED", string.Join(' ', KindredProcess.Words.Select(word => $"'{word}'")), StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(kindred, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var users = Enumerable.Range(0, 400).ToArray();
        _folder.Text("vectors.csv", "user_id,e0,e1\n" + string.Concat(users.Select(user => $"u{user:D7},{user % 7},{user % 5 + 1}\n")));
        _folder.Text("today.csv", "user_id,item_id\n" + string.Concat(users.Select(user => $"u{user:D7},i{user % 100:D5}\n")));
        _folder.Text("log.csv", "arm,spend,visit\n" + string.Concat(users.Select(user => $"{(user % 2 == 0 ? "control" : "treatment")},{user % 9},{user % 3 / 2}\n")));
    }
}

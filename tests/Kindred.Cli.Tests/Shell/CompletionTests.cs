using System.Text.RegularExpressions;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Shell;

/// <summary>Tests of completion in real shells. The last of the typed words is completed.</summary>
public sealed partial class CompletionTests : IDisposable
{
    private const string Bash = "/bin/bash";
    private static readonly string? Zsh = new[] { "/bin/zsh", "/usr/bin/zsh" }.FirstOrDefault(File.Exists);
    private readonly TemporaryFolder _folder = new();

    public CompletionTests()
    {
        Directory.CreateDirectory(_folder["population"]);
        Directory.CreateDirectory(_folder["pictures of cats"]);
        _folder.Text("people.csv", "");
        _folder.Text("kindred", $"#!/bin/sh\nexec '{KindredProcess.Words[0]}' '{KindredProcess.Words[1]}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["kindred"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public static TheoryData<string[], string[]> Cases => new()
    {
        { ["tra"], ["train"] },
        { ["ru"], ["run", "runs"] },
        { ["compl"], ["completion"] },
        { ["runs", ""], ["show"] },
        { ["runs", "--store", "x", "sh"], ["show"] },
        { ["train", "--met"], ["--method"] },
        { ["runs", "show", "--o"], ["--out", "--output", "--owner"] },
        { ["expand", "--out", "o", "--out"], ["--out", "--output"] },
        { ["expand", "--output", ""], ["text", "json"] },
        { ["train", "--method", "l"], ["linear", "lsh"] },
        { ["compare", "--methods", "mlp", "li"], ["linear"] },
        { ["compare", "--methods", "mlp,li"], ["mlp,linear"] },
        { ["worker", "--stage", "t"], ["train", "threshold"] },
        { ["completion", ""], ["bash", "zsh"] },
        { ["train", "--seeds", "pe"], ["people.csv"] },
        { ["train", "--seeds", "people.csv", "--popul"], ["--population"] },
        { ["train", "--population", "p"], ["pictures of cats", "population"] },
        { ["verify", "people.csv", "pop"], ["population"] },
        { ["train", "--population", "pictures of cats", "--quie"], ["--quiet"] },
        { ["run", "pe"], ["people.csv"] },
        { ["expand", "--format", "nonsense"], [] },
        { ["nonsense", "nonsense"], [] },
        { ["--vers"], ["--version"] },
        { ["hel"], ["help"] },
        { ["help", "tra"], ["train"] },
        { ["help", "experiment", "pl"], ["plan"] },
        { ["help", "train", ""], [] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bash_completes(string[] typed, string[] expected)
    {
        Assert.SkipUnless(File.Exists(Bash), "bash is missing.");
        Assert.Equal(expected.Order(StringComparer.Ordinal), InBash([.. typed]));
    }

    [Theory]
    [InlineData("cs", "csv", "csv.gz")]
    [InlineData("=", "csv", "csv.gz", "parquet")]
    public void Bash_completes_values_after_an_equals_sign_which_splits_words(string last, params string[] expected)
    {
        Assert.SkipUnless(File.Exists(Bash), "bash is missing.");
        Assert.Equal(expected, InBash(last == "=" ? ["expand", "--format", "="] : ["expand", "--format", "=", last]));
    }

    [Fact]
    public void Bash_completion_is_registered_for_kindred_and_a_missing_program_completes_nothing()
    {
        Assert.SkipUnless(File.Exists(Bash), "bash is missing.");
        var run = KindredProcess.Of(Bash, ["--norc", "-c", $"source '{Script("bash")}'; complete -p kindred; COMP_WORDS=(no-such-kindred tra); COMP_CWORD=1; _kindred; echo \"${{#COMPREPLY[@]}}\""]);
        Assert.Equal("complete -o default -F _kindred kindred\n0\n", run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Zsh_completes(string[] typed, string[] expected)
    {
        Assert.SkipWhen(Zsh is null, "zsh is missing.");
        Assert.Equal(expected.Order(StringComparer.Ordinal), InZsh(typed));
    }

    [Fact]
    public void Zsh_completes_values_after_an_equals_sign_in_one_word()
    {
        Assert.SkipWhen(Zsh is null, "zsh is missing.");
        Assert.Equal(["--format=csv", "--format=csv.gz"], InZsh(["expand", "--format=c"]));
    }

    [Fact]
    public void Every_command_and_option_in_the_help_is_completed()
    {
        var root = CommandLine.Root;
        foreach (var command in CommandTree.Walk(root))
        {
            string[] path = [.. CommandTree.PathOf(command).Split(' ')[1..]];
            var help = Invocation.Good([.. path, "--help"]).Output;
            var options = Option().Matches(help).Select(match => match.Value).Where(option => option.StartsWith("--", StringComparison.Ordinal));
            Assert.Equal(options.Order(StringComparer.Ordinal), Asked([.. path, "--"]).Order(StringComparer.Ordinal));
            if (Repository.Between(help + "\n", "Commands:\n", "\n\n") is { } list) Assert.Equal(list.Split('\n').Select(line => line.Trim().Split(' ')[0]), Asked([.. path, ""]));
        }
    }

    [Fact]
    public void Hidden_commands_are_neither_shown_nor_completed()
    {
        Assert.DoesNotMatch("(?m)^  complete ", Invocation.Good("--help").Output);
        Assert.DoesNotContain("complete", Asked(["compl"]));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Asked(string[] words) => Invocation.Good(["complete", "--", .. words]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t')[0]);

    private string Script(string shell) => _folder.Text(shell, Invocation.Good("completion", shell).Output);

    private string[] InBash(string[] typed) => Completed(Bash, ["--norc", "-c",
        $"source '{Script("bash")}'; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _kindred; printf '%s\\n' \"${{COMPREPLY[@]}}\"", "-", _folder["kindred"], .. typed]);

    // Zsh defines the functions that receive completions only during completion, so the test replaces them with functions that print.
    private string[] InZsh(string[] typed) => Completed(Zsh!, ["-f", "-c",
        $$"""
        compdef() { :; }
        _describe() { local each; for each in "${(@P)2}"; do print -r -- "${each%%:*}"; done; }
        _files() { local each; for each in ${words[CURRENT]}*(N) ; do [[ $1 == -/ && ! -d $each ]] || print -r -- "$each"; done; }
        source '{{Script("zsh")}}'; words=("$@"); CURRENT=$#; _kindred || true
        """, "-", _folder["kindred"], .. typed]);

    private string[] Completed(string shell, string[] arguments)
    {
        var run = KindredProcess.Of(shell, arguments, start => start.WorkingDirectory = _folder.Path);
        Assert.Equal("", run.Error);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"(?m)(?<=^  (-\S, )*)--?[a-z][a-z-]+")]
    private static partial Regex Option();
}

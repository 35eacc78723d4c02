using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Shell;

public sealed class ExitCodeTests
{
    private static readonly int[] Codes = [.. typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!).Order()];

    [Fact]
    public void The_reference_lists_exactly_the_commands_exit_codes()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs/reference/exit-codes.md")).Select(line => Regex.Match(line, @"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$")).Where(row => row.Success).ToArray();
        Assert.Equal(Codes, rows.Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)));
        Assert.All(rows.Zip(ExitCode.All), row => Assert.StartsWith(row.Second.Meaning, row.First.Groups[2].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void The_help_lists_the_same_codes()
    {
        var list = Repository.Between(Invocation.Good("--help").Output, "Exit codes:\n", "\n\n")!.Split('\n');
        Assert.Equal(Codes, list.Select(line => int.Parse(line.Trim().Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.Equal(ExitCode.All.Select(code => code.Meaning), list.Select(line => line.Trim().Split("  ")[1]));
    }

    [Fact]
    public void Every_kind_of_error_has_a_distinct_documented_code() =>
        Assert.Equal(Enum.GetValues<ErrorKind>().Length, Enum.GetValues<ErrorKind>().Select(ExitCode.Of).Where(code => code != ExitCode.Unexpected).Intersect(Codes).Count());
}

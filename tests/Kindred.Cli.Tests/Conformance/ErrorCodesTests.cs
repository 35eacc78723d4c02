using System.Text.RegularExpressions;
using Kindred.Data.Tables;

namespace Kindred.Cli.Tests.Conformance;

/// <summary>Tests that each error code, which programs read, has one kind and is documented in docs/reference/errors.md.</summary>
public sealed partial class ErrorCodesTests
{
    // Codes without their kind next to them: constants, and arguments of methods that create errors of one kind.
    private static readonly (Regex Code, ErrorKind Kind)[] _elsewhere =
    [
        (ErrorsOfFiles(), ErrorKind.BadInput),
        (ModelsOfOtherEmbeddings(), ErrorKind.BadInput),
        (RefusedOutput(), ErrorKind.Output),
        (InvalidExperiments(), ErrorKind.Usage),
        (DamagedCodes(), ErrorKind.Corrupt),
    ];

    // Errors that take the kind of an inner error: of an incomplete deletion, and of the first failure among several settings files.
    private static readonly string[] _ofSeveralKinds = ["deletion_incomplete", "several_errors"];

    private static readonly (string Code, ErrorKind Kind, string Place)[] _used = [.. Used()];

    [Fact]
    public void Every_error_has_a_code_in_snake_case() =>
        AssertNone(
            _used.Where(error => !SnakeCase().IsMatch(error.Code)).Select(error => $"{error.Place}: '{error.Code}'")
                .Concat(SourceFiles.All.SelectMany(file => NoCode().Matches(file.Text).Select(error => $"{file.Path}: {error.Value}"))),
            "Errors are made with a kind, a code in snake_case, a problem and a remedy.");

    [Fact]
    public void Every_code_has_one_kind() =>
        AssertNone(
            _used.GroupBy(error => error.Code).Where(group => group.Select(error => error.Kind).Distinct().Count() > 1)
                .Select(group => $"{group.Key}: {string.Join(", ", group.Select(error => $"{error.Kind} in {error.Place}"))}"),
            "A program that knows the code of an error knows its kind.");

    [Fact]
    public void Exactly_the_used_codes_are_documented_with_their_kinds()
    {
        var documented = Documented();
        var used = _used.DistinctBy(error => error.Code).ToDictionary(error => error.Code, error => Name(error.Kind));
        AssertNone(
            used.Where(error => !documented.ContainsKey(error.Key)).Select(error => $"missing: {error.Key}, {error.Value}")
                .Concat(used.Where(error => documented.TryGetValue(error.Key, out var kind) && kind != error.Value).Select(error => $"of kind {error.Value}: {error.Key}"))
                .Concat(documented.Keys.Except(used.Keys).Except(_ofSeveralKinds).Select(code => $"not in the code: {code}")),
            "docs/reference/errors.md must list all codes that errors in src have.");
    }

    [Fact]
    public void Every_next_step_of_the_command_is_for_an_existing_code() =>
        AssertNone(
            SourceFiles.All.Where(file => file.Path.StartsWith("src/Kindred.Cli/Shell/NextSteps", StringComparison.Ordinal))
                .SelectMany(file => Step().Matches(file.Text).Select(step => step.Groups[1].Value))
                .Except(_used.Select(error => error.Code)).Except(_ofSeveralKinds),
            "A next step for a code that no error has is never shown.");

    private static IEnumerable<(string Code, ErrorKind Kind, string Place)> Used()
    {
        foreach (var problem in Enum.GetValues<RowProblem>()) yield return (RowException.CodeOf(problem), ErrorKind.BadInput, nameof(RowProblem));
        foreach (var (path, text) in SourceFiles.All)
        {
            foreach (Match error in Code().Matches(text)) yield return (error.Groups[2].Value, Enum.Parse<ErrorKind>(error.Groups[1].Value), path);
            foreach (var (code, kind) in _elsewhere)
            {
                foreach (Match error in code.Matches(text)) yield return (error.Groups[1].Value, kind, path);
            }
        }
    }

    private static Dictionary<string, string> Documented() =>
        Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "errors.md")))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);

    private static string Name(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => "usage",
        ErrorKind.BadInput => "bad input",
        ErrorKind.Corrupt => "corrupt",
        ErrorKind.Busy => "busy",
        _ => "output",
    };

    private static void AssertNone(IEnumerable<string> found, string rule)
    {
        var lines = found.ToArray();
        Assert.True(lines.Length == 0, $"{rule}\n{string.Join('\n', lines)}");
    }

    [GeneratedRegex(@"ErrorKind\.(\w+),\s*""([^""]*)""")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w.])Errors\.Bad(?:File|Line)\(\s*""([^""]*)"",")]
    private static partial Regex ErrorsOfFiles();

    [GeneratedRegex(@"(?<![\w.])ModelsOfSpace\.Open\([^"";]*""([^""]*)"",")]
    private static partial Regex ModelsOfOtherEmbeddings();

    [GeneratedRegex(@"(?<![\w.])Refused\(\s*""([^""]*)"",")]
    private static partial Regex RefusedOutput();

    [GeneratedRegex(@"\bInvalid(?:Assignment|LogRequest)\(\s*""([^""]*)"",")]
    private static partial Regex InvalidExperiments();

    [GeneratedRegex(@"\bDamagedCode = ""([^""]*)"";")]
    private static partial Regex DamagedCodes();

    [GeneratedRegex(@"ErrorKind\.\w+,\s*\$""[^\n]*")]
    private static partial Regex NoCode();

    [GeneratedRegex(@"new\(""([a-z0-9_]+)"",")]
    private static partial Regex Step();

    [GeneratedRegex(@"(?m)^\| `([a-z0-9_]+)` \| ([a-z ]+) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}

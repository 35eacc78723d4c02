using System.Text.RegularExpressions;
using Kindred.App.Training;

namespace Kindred.App.Tests;

/// <summary>Limits on what use cases may reference and mention.</summary>
public sealed partial class ArchitectureTests
{
    [Fact]
    public void Use_cases_reference_only_libraries() => Assert.Equal(
        ["Kindred", "Kindred.Data", "Kindred.Experiments", "Kindred.Pipeline", "Kindred.Worlds"],
        typeof(TrainModels).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Kindred", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Use_cases_never_write_to_a_console() =>
        Assert.DoesNotContain("System.Console", typeof(TrainModels).Assembly.GetReferencedAssemblies().Select(name => name.Name));

    [Fact]
    public void Use_cases_mention_no_option_or_command()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Kindred.slnx"))) root = root.Parent;
        var lines = Directory.GetFiles(Path.Combine(root!.FullName, "src/Kindred.App"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            // These write settings files with comments that show how to run them.
            .Where(file => Path.GetFileName(file) is not ("WorldSettings.cs" or "SimulationSettings.cs"))
            .SelectMany(file => File.ReadLines(file).Where(line => OptionOrCommand().IsMatch(line))
                .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(lines);
    }

    [GeneratedRegex("(?<![-\\w])--[a-z]|`kindred |<c>kindred ")]
    private static partial Regex OptionOrCommand();
}

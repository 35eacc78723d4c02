using Kindred.Data;

namespace Kindred.Cli.Tests;

/// <summary>Tests that change the current folder and the console of the whole process, and therefore run alone.</summary>
[CollectionDefinition(nameof(LibraryExampleTests), DisableParallelization = true)]
public sealed class LibraryExampleRunsAlone;

/// <summary>The library example of the README, compiled and run.</summary>
[Collection(nameof(LibraryExampleTests))]
public sealed class LibraryExampleTests(SmallWorld world)
{
    [Fact]
    public void The_example_prints_one_audience_per_list_and_the_recall()
    {
        using var folder = new TemporaryFolder();
        using var written = new StringWriter();
        Directory.CreateSymbolicLink(folder["population"], world.Population);
        File.Copy(world.Seeds, folder["seeds.csv"]);
        var (before, console) = (Environment.CurrentDirectory, Console.Out);
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Console.SetOut(written);
            Example();
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(console);
        }

        var lines = written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(7, lines.Length);
        Assert.All(lines[..6], line => Assert.Matches(@"^advertiser-0\d: 29 users, first u\d{7}", line));
        var evaluated = Invocation.Good("evaluate", "--population", world.Population, "--seeds", world.Seeds, "--output", "json").Json;
        Assert.Equal($"average recall {(double)evaluated["average_recall"]!:F3}", lines[6].TrimEnd());
    }

    [Fact]
    public void The_readme_quotes_the_compiled_example()
    {
        var readme = Path.Combine(Repository.Root, "README.md");
        Assert.SkipUnless(File.Exists(readme), "There is no README.md yet.");
        var code = Repository.Between(File.ReadAllText(readme), "```csharp\n", "```");
        Assert.SkipWhen(code is null, "README.md has no csharp block yet.");
        var here = File.ReadAllLines(Path.Combine(Repository.Root, "tests/Kindred.Cli.Tests/LibraryExampleTests.cs"));
        var start = Array.FindIndex(here, line => line.Trim() == "// README:");
        var end = Array.FindIndex(here, line => line.Trim() == "// :README");
        var example = here[(start + 1)..end].Select(line => line.Length > 8 ? line[8..] : line.Trim()).ToArray();
        Assert.InRange(example.Count(line => line.Length > 0), 5, 15);

        // The README adds the using directives.
        Assert.Contains(string.Join('\n', example), code, StringComparison.Ordinal);
        Assert.All(code![..code.IndexOf(example[0], StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^using (Kindred|System)[A-Za-z.]*;$", line));
    }

    private static void Example()
    {
        // README:
        using var expander = AudienceExpander.Open("population");
        foreach (var audience in expander.Train("seeds.csv").Expand("1%"))
        {
            var best = audience.Users[0];
            Console.WriteLine($"{audience.SeedList}: {audience.Users.Count} users, first {best.Id} with score {best.Score:F2}");
        }

        Console.WriteLine($"average recall {expander.Evaluate("seeds.csv").AverageRecall:F3}");
        // :README
    }
}

using System.Text;
using Kindred.Audiences;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Networks.Mlp;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Cli.Tests;

/// <summary>The current folder and the console belong to the whole process, so these tests run alone.</summary>
[CollectionDefinition(nameof(LibraryExampleTests), DisableParallelization = true)]
public sealed class LibraryExampleRunsAlone;

/// <summary>The library example of the README, compiled and run.</summary>
[Collection(nameof(LibraryExampleTests))]
public sealed class LibraryExampleTests(SmallWorld world)
{
    [Fact]
    public void The_example_prints_an_audience_a_list_and_the_recall()
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
    public void The_readme_quotes_the_example_as_it_is_compiled()
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

        // The README adds what stands at the top of a file.
        Assert.Contains(string.Join('\n', example), code, StringComparison.Ordinal);
        Assert.All(code![..code.IndexOf(example[0], StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^using (Kindred|System)[A-Za-z.]*;$", line));
    }

    private static void Example()
    {
        // README:
        using var population = PopulationSnapshot.Open("population");
        var seeds = SeedListReader.Read(["seeds.csv"]).Select(list => SeedMatch.Of(list, population)).ToArray();

        var method = new MlpMethod();
        var models = ModelTraining.TrainAll(method, seeds, new SampleWeightOptions(), TrainingContext.For(population), threads: 2);
        var inputs = seeds.Zip(models, (list, model) => new ExpansionInput(list.List.Id, model.Scorer, list.Users)).ToArray();
        foreach (var audience in Expansion.Run(population, inputs, excluded: [], new ExpansionOptions { Sizes = [AudienceSize.Parse("1%")] }))
        {
            var first = Encoding.UTF8.GetString(population.UserId(audience.Members[0].User));
            Console.WriteLine($"{audience.SeedListId}: {audience.Members.Count} users, first {first} with score {audience.Members[0].Score:F2}");
        }

        var splits = seeds.Select(list => new[] { HoldOut.Random(list, share: 0.1, seed: 1, repeat: 0, population) }).ToArray();
        var quality = new Evaluator(population, new EvaluationOptions()).Evaluate(method, splits);
        Console.WriteLine($"average recall {quality.AverageRecall:F3}");
        // :README
    }
}

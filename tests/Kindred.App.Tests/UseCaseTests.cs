using Kindred.App.Audiences;
using Kindred.App.Checking;
using Kindred.App.Comparison;
using Kindred.App.DailyRuns;
using Kindred.App.Evaluation;
using Kindred.App.Inspection;
using Kindred.App.Maintenance;
using Kindred.App.Training;
using Kindred.App.Tuning;
using Kindred.Audiences;
using Kindred.Evaluation;
using Kindred.Insight;

namespace Kindred.App.Tests;

/// <summary>Calls each use case from code and checks its result and progress.</summary>
public sealed class UseCaseTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedProgress _progress = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Generating_embedding_and_training_report_their_steps()
    {
        Assert.Equal(["Making users", "Drawing seed lists"], world.Making.Steps);
        Assert.Contains("Training embeddings", world.Embedding.Steps);
        Assert.Contains("Training models", world.Training.Steps);
        Assert.All([world.Making, world.Embedding, world.Training], Finished);
    }

    [Fact]
    public void A_check_finds_every_list_usable()
    {
        var result = CheckSeedLists.Run(new CheckRequest { Population = world.Population, Seeds = world.Seeds }, _progress);
        Assert.Equal(6, result.Usable);
        Assert.True(result.IsGood);
        Assert.Contains("Checking", _progress.Steps);
        Finished(_progress);
    }

    [Fact]
    public void An_expansion_writes_the_rows_that_it_returns()
    {
        using var rows = new StringWriter();
        var lists = ExpandSeedLists.Run(Expansion with { Rows = rows }, _progress);
        var lines = rows.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("seed_list_id,user_id,score,rank", lines[0]);
        Assert.Equal(lists.Sum(list => list.Audience.Members.Count), lines.Length - 1);
        Assert.Equal(["Scoring users"], _progress.Steps);
        Finished(_progress);
    }

    [Fact]
    public void An_expansion_without_an_output_writes_nothing_and_returns_the_same()
    {
        var lists = ExpandSeedLists.Run(Expansion, _progress);
        var written = ExpandSeedLists.Run(Expansion with { Out = _folder["audiences"] }, _progress);
        Assert.Equal(lists.Select(list => list.Audience.Members), written.Select(list => list.Audience.Members));
        Assert.Equal(7, Directory.GetFiles(_folder["audiences"]).Length);
        Assert.Equal([_folder["audiences"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void An_evaluation_beats_chance()
    {
        var result = EvaluateMethod.Run(Evaluation, _progress);
        Assert.True(result.Method.AverageRecall > 2 * result.Baselines[1].AverageRecall);
        Assert.Equal(["Evaluating centroid", "Evaluating activity", "Evaluating random"], _progress.Steps);
        Finished(_progress);
    }

    [Fact]
    public void A_comparison_keeps_its_parts_until_the_result_is_saved()
    {
        CompareRequest request = new() { Evaluate = Evaluation, Methods = ["centroid", "activity"], Out = _folder["comparison"] };
        Assert.Throws<IOException>(() => CompareMethods.Run(request, _ => throw new IOException("No space."), _progress));
        Assert.NotEmpty(Directory.GetFileSystemEntries(_folder.Path));
        CompareResult? saved = null;
        var result = CompareMethods.Run(request with { Resume = true }, found => saved = found, _progress);
        Assert.Same(result, saved);
        Assert.Equal(2, _progress.Notes.Count(note => note.Contains("kept from the stopped run", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Reach_and_inspection_cover_every_list()
    {
        var seeds = world.Seeds;
        var reach = MeasureReach.Run(new ReachRequest
        {
            Population = world.Population,
            Seeds = seeds,
            Method = new MethodRequest { Name = "centroid" },
            Reach = new ReachOptions { Folds = 2, Threads = 2 },
        }, _progress);
        var inspection = InspectSeedLists.Run(
            new InspectRequest { Population = world.Population, Seeds = seeds, Insight = new InsightOptions { Threads = 2 } }, _progress);
        Assert.Equal(6, reach.Curves.Count);
        Assert.Equal(6, inspection.Lists.Count);
        Assert.Superset(new HashSet<string> { "Measuring reach with centroid", "Inspecting" }, _progress.Steps.ToHashSet());
        Finished(_progress);
    }

    [Fact]
    public void Use_cases_write_valid_folders() =>
        Assert.All(VerifyFolders.Run([world.Folder, world.Population, world.Models], _progress), folder => Assert.True(folder.IsWhole));

    [Fact]
    public void Look_up_finds_published_users_but_not_deleted_ones_even_after_a_roll_back()
    {
        var settings = _folder["run.yaml"];
        File.WriteAllText(settings,
            $"population: {OwnPopulation()}\nseeds: {world.SeedFile}\nstore: runs\nmethod: centroid\nsizes: [10%]\n");
        DailyRunRequest request = new() { Settings = settings, Threads = 2 };
        Assert.NotEmpty(RunDaily.Plan(request, _progress).Stages);
        var first = RunDaily.Run(request, _progress);
        Assert.True(first.IsNew);
        var unknown = Assert.Throws<KindredException>(() => AudienceLookup.Open(_folder["runs"], 7));
        Assert.Equal(ErrorKind.BadInput, unknown.Kind);
        string member;
        using (var lookup = AudienceLookup.Open(_folder["runs"]))
        {
            member = Enumerable.Range(0, 4000).Select(i => $"u{i:D7}").First(user => lookup.Find(user) is { Count: > 0 });
            Assert.Null(lookup.Find("nobody"));
            Assert.Equal(first.Version.Number, lookup.Version);
        }

        Assert.Equal(1, ForgetUsers.Run(new ForgetRequest { Users = [member, member], Store = _folder["runs"] }, "tester").AskedFor);
        var rolledBack = RollBack.Run(new RollBackRequest { Store = _folder["runs"], Version = 1 }, "tester");
        using var after = AudienceLookup.Open(_folder["runs"], rolledBack.Current);
        Assert.Null(after.Find(member));
        Finished(_progress);
    }

    [Fact]
    public void A_stopped_run_names_the_store_that_keeps_its_outputs()
    {
        var settings = _folder["run.yaml"];
        File.WriteAllText(settings,
            $"population: {world.Population}\nseeds: {world.SeedFile}\nstore: runs\nmethod: centroid\nsizes: [10%]\n");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var stopped = Assert.Throws<StoppedException>(() => RunDaily.Run(new DailyRunRequest { Settings = settings }, _progress,
            cancelled.Token));
        Assert.Contains(_folder["runs"], stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_have_a_code_and_a_neutral_message()
    {
        var tooSmall = Assert.Throws<KindredException>(() => TrainModels.Run(
            new TrainRequest { Population = world.Population, Seeds = world.Seeds with { Minimum = 5000 }, Out = _folder["models"] },
            _progress));
        Assert.Equal("seed_lists_too_small", tooSmall.Code);
        Assert.Equal(5000, tooSmall.Values["minimum"]);
        Assert.DoesNotMatch("--|kindred [a-z]", tooSmall.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private ExpandRequest Expansion => new()
    {
        Population = world.Population,
        Models = world.Models,
        Expansion = new ExpansionOptions { Sizes = [AudienceSize.Parse("5%")], Threads = 2 },
    };

    private EvaluateRequest Evaluation => new()
    {
        Population = world.Population,
        Seeds = world.Seeds,
        Method = new MethodRequest { Name = "centroid" },
        Evaluation = new EvaluationOptions { Threads = 2 },
    };

    // Deletions change it.
    private string OwnPopulation()
    {
        foreach (var file in Directory.EnumerateFiles(world.Population, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder["population"], Path.GetRelativePath(world.Population, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return _folder["population"];
    }

    private static void Finished(RecordedProgress progress)
    {
        Assert.False(progress.IsOpen);
        Assert.False(progress.SharesAreWrong);
    }
}

using System.Globalization;
using System.Text;
using Kindred.App.Comparison;
using Kindred.App.DailyRuns;
using Kindred.App.Demo;
using Kindred.App.Evaluation;
using Kindred.App.Experiments;
using Kindred.App.Inspection;
using Kindred.App.Seeds;
using Kindred.App.Simulation;
using Kindred.App.Tuning;
using Kindred.Evaluation;
using Kindred.Insight;
using Kindred.Reports.Compare;
using Kindred.Reports.DailyRuns;
using Kindred.Reports.Demo;
using Kindred.Reports.Experiment;
using Kindred.Reports.Inspect;
using Kindred.Reports.Reach;
using Kindred.SeedLists;
using Kindred.Worlds;

namespace Kindred.Reports.Tests.Pages;

/// <summary>One page of each kind, made by the use cases from a small world.</summary>
internal sealed class SamplePages
{
    private const int Threads = 2;

    // Names that readers choose: long ones, ones without a place to break, and ones that look like markup.
    private const string LongName = "Customers of the spring campaign in all countries, second half";
    private const string UnbreakableName = "retargeting_2026_spring_buyers_of_outdoor_furniture_and_grills_v2";

    private readonly string _folder;

    private SamplePages(string folder) => _folder = folder;

    /// <summary>Makes every page.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <returns>The pages by name.</returns>
    public static SortedDictionary<string, string> Make(string folder)
    {
        var samples = new SamplePages(folder);
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["demo"] = samples.Demo(),
            ["compare"] = samples.Compare(),
            ["inspect"] = samples.Inspect(),
            ["reach"] = samples.Reach(onlyOne: false),
            ["reach-of-one-list"] = samples.Reach(onlyOne: true),
            ["experiment"] = samples.Experiment(),
            ["simulation"] = samples.Simulation(),
            ["version"] = VersionReport.Render(samples.Version(2)),
            ["version-first"] = VersionReport.Render(samples.Version(1)),
            ["version-of-an-owner"] = VersionReport.Render(samples.Version(2, "acme")),
        };
    }

    private string World => Path.Combine(_folder, "demo", "world");

    private string Population => Path.Combine(_folder, "demo", "population");

    private string Demo()
    {
        var page = "";
        RunDemo.Run(new DemoRequest
        {
            Out = Path.Combine(_folder, "demo"),
            World = new WorldOptions { Users = 3000, SeedLists = 12, MinSeeds = 40, MeanInteractions = 12 },
            AddFiles = (_, result) => page = DemoReport.Render(DemoReportModel.Of(result,
                [new DemoStep("Make a population from your own interactions.",
                    "./kindred embed --interactions interactions.csv --users users.csv --out population")])),
            Threads = Threads,
        }, NoProgress.Instance);
        return page;
    }

    private string Compare()
    {
        var page = "";
        CompareMethods.Run(new CompareRequest
        {
            Evaluate = new EvaluateRequest
            {
                Population = Population,
                Seeds = Lists() with { Weights = new SampleWeightOptions { Metrics = ["clicks"] } },
                Evaluation = new EvaluationOptions { Threads = Threads },
            },
            Methods = ["centroid", "foldin", "nearest", "jaccard", "activity", "random"],
            SeedSizes = [30, 60],
            BothWeightings = true,
            Out = Path.Combine(_folder, "comparison"),
        }, result => page = CompareReport.Render(result), NoProgress.Instance);
        return page;
    }

    private string Inspect() => InspectionReport.Render(InspectSeedLists.Run(new InspectRequest
    {
        Population = Population,
        Seeds = Lists(),
        Insight = new InsightOptions { Threads = Threads },
        Reach = new ReachOptions { Threads = Threads },
        Method = new MethodRequest { Name = "foldin" },
    }, NoProgress.Instance));

    private string Reach(bool onlyOne) => ReachReport.Render(MeasureReach.Run(new ReachRequest
    {
        Population = Population,
        Seeds = Lists() with { Only = onlyOne ? [LongName] : [] },
        Method = new MethodRequest { Name = "foldin" },
        Reach = new ReachOptions { Threads = Threads },
    }, NoProgress.Instance));

    private string Experiment()
    {
        File.WriteAllText(Path.Combine(_folder, "log.csv"), Log());
        var settings = Path.Combine(_folder, "experiment.yaml");
        File.WriteAllText(settings, """
            name: "Checkout: fewer steps"
            log: { files: log.csv, unit: user_id, time: time, event: event, exposure: exposure }
            assignment: { arms: { the control as it was: 1, fewer steps: 1, fewer steps and one button: 1 } }
            metrics:
              - { name: clicks, of: "mean:click", role: primary }
              - { name: hides_per_user_who_saw_anything, of: "share:hide", role: guardrail, margin: 0.2, better: lower }
              - { name: ctr, of: "ratio:click/impression" }
              - { name: never, of: "mean:purchase" }
            segments: [country]
            """);
        return ExperimentReport.Render(AnalyzeExperiment.Run(AnalyzeExperimentRequest.Of(settings, 1 << 26, Threads), NoProgress.Instance));
    }

    private string Simulation()
    {
        var page = "";
        SimulateExperiment.Run(new SimulateExperimentRequest
        {
            Out = Path.Combine(_folder, "simulation"),
            World = SimulateExperimentRequest.WorldOf(2000, 3, 1),
            Delivery = new() { Days = 4, PreDays = 2 },
            Size = Kindred.Audiences.AudienceSize.OfShare(0.1),
            AddFiles = (_, result) => page = SimulationReport.Render(result),
            Threads = Threads,
        }, NoProgress.Instance);
        return page;
    }

    /// <summary>A version of a daily run: on the second day one list has lost most of its users, and one is of another owner's.</summary>
    private DescribedVersion Version(int number, string? owner = null)
    {
        var store = Path.Combine(_folder, "runs");
        if (!Directory.Exists(store))
        {
            string[] lines = SeedFile().Split('\n');
            RunDay(1, lines);
            RunDay(2, lines.Where((line, i) => i % 3 > 0 || !line.StartsWith("advertiser-1", StringComparison.Ordinal))
                .Where((line, i) => i % 7 == 0 || !line.StartsWith("advertiser-05", StringComparison.Ordinal)));
        }

        return DescribeVersion.Run(new DescribeVersionRequest { Store = store, Version = number, Owner = owner });
    }

    private void RunDay(int day, IEnumerable<string> seeds)
    {
        File.WriteAllText(Path.Combine(_folder, $"seeds-{day}.csv"), string.Join('\n', seeds), new UTF8Encoding(false));
        var settings = Path.Combine(_folder, $"run-{day}.yaml");
        File.WriteAllText(settings, $$"""
            population: {{Population}}
            seeds: seeds-{{day}}.csv
            store: runs
            method: centroid
            countries: [DE, HU]
            sizes: [3%, 10%]
            sample_users: 1000
            lists:
              advertiser-04: { owner: acme }
              advertiser-05: { owner: acme }
              advertiser-06: { owner: acme }
              {{UnbreakableName}}: { owner: other }

            """);
        RunDaily.Run(new DailyRunRequest { Settings = settings, AcceptLosses = true, Threads = Threads }, NoProgress.Instance);
    }

    /// <summary>The lists of the world under names that are hard to show, and a list of a few users.</summary>
    private SeedRequest Lists()
    {
        var file = Path.Combine(_folder, "seeds.csv");
        if (!File.Exists(file)) File.WriteAllText(file, SeedFile(), new UTF8Encoding(false));
        return new SeedRequest { Files = [file], Threads = Threads };
    }

    private string SeedFile()
    {
        using var lists = new StreamReader(new System.IO.Compression.GZipStream(
            File.OpenRead(Path.Combine(World, "seeds.csv.gz")), System.IO.Compression.CompressionMode.Decompress));
        return lists.ReadToEnd()
            .Replace("advertiser-01", "\"" + LongName + "\"", StringComparison.Ordinal)
            .Replace("advertiser-02", UnbreakableName, StringComparison.Ordinal)
            .Replace("advertiser-03", "<b>Frühling & Söhne</b>", StringComparison.Ordinal);
    }

    /// <summary>A log of three arms and five days, with rows that have problems.</summary>
    private static string Log()
    {
        string[] arms = ["the control as it was", "fewer steps", "fewer steps and one button"];
        var log = new StringBuilder("user_id,time,event,country,arm\n");
        for (var user = 0; user < 1500; user++)
        {
            var (arm, kind, at) = (user % 3, user / 3 % 20, 0);
            Add("exposure");
            for (var i = 0; i < 2 + (kind % 5); i++)
            {
                Add("impression");
                if (i < (kind % 4 == 0 ? 1 : 0) + (kind % 5 < arm ? 1 : 0)) Add("click");
                if (i == 0 && kind == 7) Add("hide");
            }

            void Add(string what)
            {
                log.Append(CultureInfo.InvariantCulture, $"u{user},2026-03-{1 + Math.Min(4, at / 3):00}T10:{at % 60:00}:{at % 60:00}Z,");
                log.Append(CultureInfo.InvariantCulture, $"{what},{(user / 60 % 2 == 0 ? "HU" : "DE")},{arms[arm]}\n");
                at++;
            }
        }

        return log.Append("u1,someday,click,HU,fewer steps\n,2026-03-01T10:00:00Z,click,HU,fewer steps\n").ToString();
    }
}

using System.Text;
using Kindred.Audiences;
using Kindred.Cli.Reports;
using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedModels.Mlp;
using Kindred.Worlds;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred demo</c> is asked for.</summary>
internal sealed record DemoRequest
{
    public string Out { get; init; } = "kindred-demo";

    public bool Replace { get; init; }

    public WorldOptions World { get; init; } = new();

    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>What the demo found.</summary>
internal sealed record DemoResult(string Folder, PopulationManifest Population, EvaluateResult Quality, DemoReportModel Report);

/// <summary>The whole path on a world whose truth is known, by the same jobs as real data.</summary>
internal static class DemoJob
{
    private const string ManifestFormat = "kindred-demo";
    private const double AudienceShare = 0.01;

    public static DemoResult Run(DemoRequest request, Screen screen, CancellationToken cancellation)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, ManifestFormat);
        string In(string name) => Path.Combine(output.Path, name);
        var seed = request.World.Seed;

        screen.Note($"1/5  Making a world of {request.World.Users:N0} users and {request.World.SeedLists} advertisers (seed {seed}).");
        var made = GenerateJob.Run(
            new GenerateRequest { Out = In("world"), World = request.World, Threads = request.Threads }, screen, cancellation);

        screen.Note($"2/5  Training embeddings.");
        var embedded = EmbedJob.Run(new EmbedRequest
        {
            Interactions = [In("world/interactions.csv.gz")],
            Users = [In("world/users.csv.gz")],
            Out = In("population"),
            Ials = new IalsOptions { Seed = seed, Threads = request.Threads },
        }, screen, cancellation);

        screen.Note($"3/5  Training one model a seed list.");
        var seeds = new SeedRequest { Files = [In("world/seeds.csv.gz")] };
        var method = new MethodRequest { Mlp = new MlpOptions { Seed = seed } };
        TrainJob.Run(new TrainRequest
        {
            Population = In("population"),
            Seeds = seeds,
            Out = In("models"),
            Method = method,
            Threads = request.Threads,
        }, screen, cancellation);

        screen.Note($"4/5  Selecting audiences of {AudienceShare:0%} of the active users.");
        var lists = ExpandJob.Run(new ExpandRequest
        {
            Population = In("population"),
            Models = In("models"),
            Out = In("audiences"),
            Expansion = new ExpansionOptions { Sizes = [AudienceSize.OfShare(AudienceShare)], Threads = request.Threads },
        }, screen, cancellation);

        screen.Note($"5/5  Measuring: a tenth of every seed list is held out and looked for.");
        var quality = EvaluateJob.Run(new EvaluateRequest
        {
            Population = In("population"),
            Seeds = seeds,
            Method = method,
            Evaluation = new EvaluationOptions { Seed = seed, Threads = request.Threads },
        }, screen, cancellation);

        var model = Report(request, made, embedded, [.. lists.Select(list => list.Audience)], quality, In("population"), cancellation);
        OutputFile.Write(In("report.html"), DemoReport.Render(model));
        FolderManifest.Describe(output.Path, ManifestFormat, 1, []).Write(output.Path);
        output.Commit();
        return new DemoResult(request.Out, embedded.Population, quality, model);
    }

    private static DemoReportModel Report(
        DemoRequest request, GenerateResult made, EmbedResult embedded, IReadOnlyList<Audience> audiences, EvaluateResult quality,
        string populationFolder, CancellationToken cancellation)
    {
        using var population = PopulationSnapshot.Open(populationFolder, verify: false);
        var truths = made.World.MeasureTruth(audiences[0].Members.Count, made.SeedLists, request.Threads, cancellation);
        var byId = made.SeedLists.ToDictionary(list => list.Id, StringComparer.Ordinal);
        EvaluationResult[] methods = [quality.Method, .. quality.Baselines];
        return new DemoReportModel
        {
            World = new DemoWorld(
                embedded.Population.Users, embedded.Population.ActiveUsers,
                [.. embedded.Population.Countries.Select(country => new DemoCountry(country.Name, country.Users))],
                embedded.Population.Items, embedded.PairCount, made.SeedLists.Count, made.SeedLists.Sum(list => (long)list.Seeds.Count), request.World.Seed),
            Shares = quality.Method.Fractions,
            Methods = [.. methods.Select(method => Method(method, quality.Method))],
            Lists = [.. audiences.Select((audience, i) => new DemoList(
                audience.SeedListId, byId[audience.SeedListId].Seeds.Count, [.. methods.Select(method => method.Lists[i].AverageRecall)],
                Affinity(audience, byId[audience.SeedListId], truths, made.World, population)))],
            AudienceShare = AudienceShare,
            Commands = Commands(request.Out),
        };
    }

    private static DemoMethod Method(EvaluationResult method, EvaluationResult model)
    {
        var (ahead, error) = model.MinusPaired(method);
        return new DemoMethod
        {
            Name = method.Method switch { "mlp" => "Kindred (mlp)", "activity" => "Activity", _ => "Random" },
            Description = method.Method switch
            {
                "mlp" => "scoring users with each list's own model",
                "activity" => "picking the most active users",
                _ => "picking users at random",
            },
            RecallAtK = [.. Enumerable.Range(0, method.Fractions.Count).Select(i => Estimate.Of([.. method.Lists.Select(list => list.Recall[i])]))],
            AverageRecall = new Estimate(method.AverageRecall, method.AverageRecallStandardError),
            AveragePrecision = new Estimate(method.AveragePrecision, method.AveragePrecisionStandardError),
            ModelAhead = method == model ? null : new Estimate(ahead, error),
        };
    }

    private static DemoAffinity Affinity(
        Audience audience, WorldSeedList list, IReadOnlyList<AffinityTruth> truths, World world, Population population)
    {
        var advertiser = list.Advertiser.Index;
        var truth = truths[advertiser];
        return new DemoAffinity(
            world.MeanAffinity(audience.Members.Select(member => Encoding.UTF8.GetString(population.UserId(member.User))), advertiser),
            world.MeanAffinity(list.Seeds.Select(seed => seed.UserId), advertiser),
            truth.PopulationMean, truth.IdealMean);
    }

    private static DemoCommand[] Commands(string folder) =>
    [
        new("Make a population from your own interactions (CSV, gzip CSV or Parquet with user_id and item_id) and, if you have them, users.",
            "./kindred embed --interactions interactions.csv --users users.csv --out population"),
        new("See how well your seed lists can be found again, before you spend anything on them.",
            "./kindred evaluate --population population --seeds seeds.csv"),
        new("Train one model a seed list, and select audiences of two sizes in one country.",
            "./kindred train --population population --seeds seeds.csv --out models\n./kindred expand --population population --models models --size 1% --size 5% --country HU --out audiences"),
        new("Look at what this demo left.", $"ls {folder}/population {folder}/models {folder}/audiences"),
    ];
}

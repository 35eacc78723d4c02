using System.Text;
using Kindred.App.Audiences;
using Kindred.App.Evaluation;
using Kindred.App.Seeds;
using Kindred.App.Training;
using Kindred.App.Tuning;
using Kindred.App.Worlds;
using Kindred.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Evaluation;
using Kindred.Pipeline.Embedding;
using Kindred.Populations;
using Kindred.SeedModels;
using Kindred.Worlds;

namespace Kindred.App.Demo;

/// <summary>Runs every use case from a synthetic world to a measured audience.</summary>
public static class RunDemo
{
    private const string ManifestFormat = "kindred-demo";
    private const double AudienceShare = 0.01;

    /// <summary>Runs the demo.</summary>
    /// <param name="request">The folder and the world.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="KindredException">The folder cannot be written.</exception>
    public static DemoResult Run(DemoRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, ManifestFormat);
        string In(string name) => Path.Combine(output.Path, name);
        var seed = request.World.Seed;

        progress.Note($"1/5  Making a world of {request.World.Users:N0} users and {request.World.SeedLists} advertisers (seed {seed}).");
        var made = GenerateWorld.Run(
            new GenerateRequest { Out = In("world"), World = request.World, Threads = request.Threads }, progress, cancellation);

        progress.Note($"2/5  Training embeddings.");
        var embedded = PopulationBuild.Run(new EmbedRequest
        {
            Interactions = [In("world/interactions.csv.gz")],
            Users = [In("world/users.csv.gz")],
            Out = In("population"),
            Ials = new IalsOptions { Seed = seed, Threads = request.Threads },
        }, progress, cancellation);

        progress.Note($"3/5  Training one model per seed list.");
        var seeds = new SeedRequest { Files = [In("world/seeds.csv.gz")] };
        var method = new MethodRequest { Settings = new MethodSettings { Seed = seed } };
        TrainModels.Run(new TrainRequest
        {
            Population = In("population"),
            Seeds = seeds,
            Out = In("models"),
            Method = method,
            Threads = request.Threads,
        }, progress, cancellation);

        progress.Note($"4/5  Selecting audiences of {AudienceShare:0%} of the active users.");
        var lists = ExpandSeedLists.Run(new ExpandRequest
        {
            Population = In("population"),
            Models = In("models"),
            Out = In("audiences"),
            Expansion = new ExpansionOptions { Sizes = [AudienceSize.OfShare(AudienceShare)], Threads = request.Threads },
        }, progress, cancellation);

        progress.Note($"5/5  Measuring: how many of the held-out tenth of each seed list are found.");
        var quality = EvaluateMethod.Run(new EvaluateRequest
        {
            Population = In("population"),
            Seeds = seeds,
            Method = method,
            Evaluation = new EvaluationOptions { Seed = seed, Threads = request.Threads },
        }, progress, cancellation);

        var audiences = Audiences([.. lists.Select(list => list.Audience)], made, In("population"), request.Threads, cancellation);
        var result = new DemoResult(request.Out, made, embedded, quality, AudienceShare, audiences);
        request.AddFiles?.Invoke(output.Path, result);
        FolderManifest.Describe(output.Path, ManifestFormat, 1, []).Write(output.Path);
        output.Commit();
        return result;
    }

    private static DemoAudience[] Audiences(
        Audience[] audiences, GenerateResult made, string populationFolder, int threads, CancellationToken cancellation)
    {
        using var population = PopulationSnapshot.Open(populationFolder, verify: false);
        var truths = made.World.MeasureTruth(audiences[0].Members.Count, made.SeedLists, threads, cancellation);
        var byId = made.SeedLists.ToDictionary(list => list.Id, StringComparer.Ordinal);
        return [.. audiences.Select(audience => new DemoAudience(
            audience.SeedListId, byId[audience.SeedListId].Seeds.Count,
            Affinity(audience, byId[audience.SeedListId], truths, made.World, population)))];
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
}

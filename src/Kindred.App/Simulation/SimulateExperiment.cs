using System.Text;
using Kindred.App.Experiments;
using Kindred.App.Worlds;
using Kindred.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Pipeline.Embedding;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>Runs an experiment in a world with known truth: assignment, delivery with audiences queried at request time, and the log for
/// an analysis.</summary>
public static class SimulateExperiment
{
    /// <summary>The format of the folder.</summary>
    public const string ManifestFormat = "kindred-simulation";

    /// <summary>The version of the folder's format.</summary>
    public const int ManifestVersion = 1;

    /// <summary>The log of events.</summary>
    public const string LogFile = "log.parquet";

    /// <summary>The settings that the log is analysed by.</summary>
    public const string SettingsFile = "experiment.yaml";

    /// <summary>The truth.</summary>
    public const string TruthFile = "truth.json";

    private const string WorkFolder = "work";
    private const long AnalysisMemory = 1_000_000_000;

    /// <summary>Runs a simulated experiment.</summary>
    /// <param name="request">The world, the systems and the folder to write.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The outcome, the analysis and the truth.</returns>
    /// <exception cref="KindredException">An option is wrong, a list has no audience, or the folder cannot be written.</exception>
    public static SimulatedExperiment Run(SimulateExperimentRequest request, IProgressReporter progress,
        CancellationToken cancellation = default)
    {
        OptionsValidation.Require(request.Delivery);
        using var output = OutputFolder.Create(request.Out, request.Replace, ManifestFormat);
        var work = Path.Combine(output.Path, WorkFolder);
        SimulatedExperiment result;
        var world = MakeWorld(request, output.Path, progress, cancellation);
        using (var population = PopulationSnapshot.Open(Path.Combine(output.Path, "population")))
        {
            var inputs = new SimulationInputs(
                world, Path.Combine(output.Path, "world", "seeds.csv.gz"), Path.Combine(output.Path, "population"), population,
                Expansion.CountActive(population, null));
            progress.Note($"3/5  Making the audiences of {request.Size} that are compared.");
            using var systems = ServedSystems.Make(inputs, work, request, progress, cancellation);
            result = Simulate(inputs, systems, request, output.Path, progress, cancellation);
        }

        // Published versions depend on the clock, so they are not kept; the same command makes the models again.
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        result = Analyzed(result, request, output.Path, progress, cancellation);
        request.AddFiles?.Invoke(output.Path, result);
        FolderManifest.Describe(output.Path, ManifestFormat, ManifestVersion, SimulationJson.Manifest(request, result)).Write(output.Path);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return result;
    }

    /// <summary>Analyses the log, without access to the truth.</summary>
    private static SimulatedExperiment Analyzed(
        SimulatedExperiment result, SimulateExperimentRequest request, string folder, IProgressReporter progress,
        CancellationToken cancellation)
    {
        progress.Note($"5/5  Analysing the log.");
        var analysis =
            AnalyzeExperiment.Run(AnalyzeExperimentRequest.Of(Path.Combine(folder, SettingsFile), AnalysisMemory, request.Threads),
                progress, cancellation);
        return result with { Analysis = analysis };
    }

    private static World MakeWorld(SimulateExperimentRequest request, string folder, IProgressReporter progress,
        CancellationToken cancellation)
    {
        progress.Note($"1/5  Making a world of {request.World.Users:N0} users and {request.World.SeedLists} advertisers (seed {request.World.Seed}).");
        var made = GenerateWorld.Run(
            new GenerateRequest { Out = Path.Combine(folder, "world"), World = request.World, Threads = request.Threads }, progress,
            cancellation);
        progress.Note($"2/5  Training embeddings.");
        PopulationBuild.Run(new EmbedRequest
        {
            Interactions = [Path.Combine(folder, "world", "interactions.csv.gz")],
            Users = [Path.Combine(folder, "world", "users.csv.gz")],
            Out = Path.Combine(folder, "population"),
            Ials = new IalsOptions { Seed = request.World.Seed, Threads = request.Threads },
        }, progress, cancellation);
        return made.World;
    }

    private static SimulatedExperiment Simulate(
        SimulationInputs inputs, ServedSystems systems, SimulateExperimentRequest request, string folder, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var test = SimulatedTest.Of(request);
        progress.Note($"4/5  Delivering ads for {request.Delivery.AllDays} days, the first {request.Delivery.PreDays} before the test: about {Math.Ceiling(MemoryBytes(inputs.Active, request) / 1e6):N0} MB of memory.");
        AdDelivery delivery;
        using (var line = progress.Start("Looking up the audiences of users"))
        {
            delivery = AdDelivery.Prepare(inputs.World, request.Delivery, request.Size.Of(inputs.Active), systems, request.Threads,
                line.Report, cancellation);
        }

        var ids = delivery.Users.Select(user => Encoding.UTF8.GetBytes(inputs.World.User(user.Index).Id)).ToArray();
        var armOf = ids.Select(id => test.Assignment.Arm(id)).ToArray();
        using var log = new SimulatedLog(Path.Combine(folder, LogFile), inputs.World, delivery, ids, test.ArmNames);
        var result = new SimulatedExperiment
        {
            Folder = request.Out,
            Arms = test.ArmNames,
            Systems = [.. test.Arms.Select(arm => systems.All[arm.System].Name)],
            Test = Deliver(delivery, test, armOf, log, request, progress, cancellation),
            Launched = Launch(delivery, test, request, progress, cancellation),
            Rows = log.Rows,
        };
        OutputFile.Write(Path.Combine(folder, SettingsFile), SimulationSettings.For(test, request, delivery));
        OutputFile.Write(Path.Combine(folder, TruthFile),
            FolderManifest.Serialise(SimulationJson.Truth(request, inputs.World, delivery, systems, test, result)));
        return result;
    }

    private static DeliveryOutcome Deliver(
        AdDelivery delivery, SimulatedTest test, int[] armOf, SimulatedLog log, SimulateExperimentRequest request,
        IProgressReporter progress, CancellationToken cancellation)
    {
        using var line = progress.Start("Delivering ads");
        var exposed = false;
        var outcome = delivery.Run(test.Arms, armOf, happened =>
        {
            if (!exposed && happened.Time >= delivery.Start) Expose();
            log.Write(happened);
        }, request.Threads, line.Report, cancellation);
        if (!exposed) Expose();
        log.Complete();
        return outcome;

        // All assigned users enter when the test begins, whether or not they see an ad.
        void Expose()
        {
            exposed = true;
            for (var user = 0; user < armOf.Length; user++) log.WriteExposure(user, armOf[user]);
        }
    }

    /// <summary>Delivers to all users with each arm's system, one system after the other.</summary>
    private static ArmOutcome[] Launch(AdDelivery delivery, SimulatedTest test, SimulateExperimentRequest request,
        IProgressReporter progress, CancellationToken cancellation)
    {
        using var line = progress.Start("Delivering to all users, for the truth");
        var allUsers = new int[delivery.Users.Count];
        return [.. test.Arms.Select((arm, i) =>
            delivery.Run([arm with { Share = 1 }], allUsers, null, request.Threads, share => line.Report((i + share) / test.Arms.Count),
                cancellation).Arms[0])];
    }

    // See Delivery. The audiences per user are the sum of the audience sizes, and a slot becomes at most a few events.
    private static double MemoryBytes(long active, SimulateExperimentRequest request) =>
        active * (160 + (2 * 25.0 * request.Size.Of(active) / active * request.World.SeedLists) + (64 * request.Delivery.SlotsPerDay));
}

using System.Text;
using Kindred.Audiences;
using Kindred.Cli.Reports;
using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.Cli.Jobs;

/// <summary>An online test in a world whose truth is known: assignment, delivery by audiences asked at request time, and the log that an analysis reads.</summary>
internal static class ExperimentSimulateJob
{
    public const string ManifestFormat = "kindred-simulation";
    public const int ManifestVersion = 1;
    public const string LogFile = "log.parquet";
    public const string SettingsFile = "experiment.yaml";
    public const string TruthFile = "truth.json";

    private const string WorkFolder = "work";
    private const long AnalysisMemory = 1_000_000_000;

    public static ExperimentSimulateResult Run(ExperimentSimulateRequest request, Screen screen, CancellationToken cancellation)
    {
        OptionsValidation.Require(request.Delivery);
        using var output = OutputFolder.Create(request.Out, request.Replace, ManifestFormat);
        var work = Path.Combine(output.Path, WorkFolder);
        ExperimentSimulateResult result;
        var world = MakeWorld(request, output.Path, screen, cancellation);
        using (var population = PopulationSnapshot.Open(Path.Combine(output.Path, "population")))
        {
            var inputs = new SimulationInputs(
                world, Path.Combine(output.Path, "world", "seeds.csv.gz"), Path.Combine(output.Path, "population"), population, Expansion.CountActive(population, null));
            screen.Note($"3/5  Making the audiences of {request.Size} that are compared.");
            using var systems = ServedSystems.Make(inputs, work, request, screen, cancellation);
            result = Simulate(inputs, systems, request, output.Path, screen, cancellation);
        }

        // What was published knows a clock; the models are made again by the same command.
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        result = Analyzed(result, request, output.Path, screen, cancellation);
        FolderManifest.Describe(output.Path, ManifestFormat, ManifestVersion, SimulationJson.Manifest(request, result)).Write(output.Path);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return result;
    }

    /// <summary>Analyses the log as anybody would, and writes the page and its figures.</summary>
    private static ExperimentSimulateResult Analyzed(
        ExperimentSimulateResult result, ExperimentSimulateRequest request, string folder, Screen screen, CancellationToken cancellation)
    {
        screen.Note($"5/5  Analysing the log.");
        var analysis = ExperimentAnalyzeJob.Analyze(ExperimentAnalyzeRequest.Of(Path.Combine(folder, SettingsFile), AnalysisMemory, request.Threads), screen, cancellation);
        result = result with { Analysis = analysis };
        OutputFile.Write(Path.Combine(folder, ReportFolder.PageName), SimulationReport.Render(result));
        OutputFile.Write(Path.Combine(folder, ReportFolder.FiguresName), JsonText.Of(ExperimentJson.Of(analysis)));
        return result;
    }

    private static World MakeWorld(ExperimentSimulateRequest request, string folder, Screen screen, CancellationToken cancellation)
    {
        screen.Note($"1/5  Making a world of {request.World.Users:N0} users and {request.World.SeedLists} advertisers (seed {request.World.Seed}).");
        var made = GenerateJob.Run(
            new GenerateRequest { Out = Path.Combine(folder, "world"), World = request.World, Threads = request.Threads }, screen, cancellation);
        screen.Note($"2/5  Training embeddings.");
        EmbedJob.Run(new EmbedRequest
        {
            Interactions = [Path.Combine(folder, "world", "interactions.csv.gz")],
            Users = [Path.Combine(folder, "world", "users.csv.gz")],
            Out = Path.Combine(folder, "population"),
            Ials = new IalsOptions { Seed = request.World.Seed, Threads = request.Threads },
        }, screen, cancellation);
        return made.World;
    }

    private static ExperimentSimulateResult Simulate(
        SimulationInputs inputs, ServedSystems systems, ExperimentSimulateRequest request, string folder, Screen screen, CancellationToken cancellation)
    {
        var test = SimulatedTest.Of(request);
        screen.Note($"4/5  Delivering ads for {request.Delivery.AllDays} days, the first {request.Delivery.PreDays} before the test: about {Math.Ceiling(MemoryBytes(inputs.Active, request) / 1e6):N0} MB of memory.");
        AdDelivery delivery;
        using (var line = screen.Start("Asking who is in which audience"))
        {
            delivery = AdDelivery.Prepare(inputs.World, request.Delivery, request.Size.Of(inputs.Active), systems, request.Threads, line.Report, cancellation);
        }

        var ids = delivery.Users.Select(user => Encoding.UTF8.GetBytes(inputs.World.User(user.Index).Id)).ToArray();
        var armOf = ids.Select(id => test.Assignment.Arm(id)).ToArray();
        using var log = new SimulatedLog(Path.Combine(folder, LogFile), inputs.World, delivery, ids, test.ArmNames);
        var result = new ExperimentSimulateResult
        {
            Folder = request.Out,
            Arms = test.ArmNames,
            Systems = [.. test.Arms.Select(arm => systems.All[arm.System].Name)],
            Test = Deliver(delivery, test, armOf, log, request, screen, cancellation),
            Launched = Launch(delivery, test, request, screen, cancellation),
            Rows = log.Rows,
        };
        OutputFile.Write(Path.Combine(folder, SettingsFile), SimulationSettings.For(test, request, delivery));
        OutputFile.Write(Path.Combine(folder, TruthFile), FolderManifest.Serialise(SimulationJson.Truth(request, inputs.World, delivery, systems, test, result)));
        return result;
    }

    private static DeliveryOutcome Deliver(
        AdDelivery delivery, SimulatedTest test, int[] armOf, SimulatedLog log, ExperimentSimulateRequest request, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Delivering ads");
        var exposed = false;
        var outcome = delivery.Run(test.Arms, armOf, happened =>
        {
            if (!exposed && happened.Time >= delivery.Start) Expose();
            log.Write(happened);
        }, request.Threads, line.Report, cancellation);
        if (!exposed) Expose();
        log.Complete();
        return outcome;

        // Everybody who is assigned enters when the test begins, whether he is shown anything or not.
        void Expose()
        {
            exposed = true;
            for (var user = 0; user < armOf.Length; user++) log.WriteExposure(user, armOf[user]);
        }
    }

    /// <summary>What each arm's system does when it serves everybody, one system after the other.</summary>
    private static ArmOutcome[] Launch(AdDelivery delivery, SimulatedTest test, ExperimentSimulateRequest request, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Delivering to everybody, for the truth");
        var everybody = new int[delivery.Users.Count];
        return [.. test.Arms.Select((arm, i) => delivery.Run([arm with { Share = 1 }], everybody, null, request.Threads, share => line.Report((i + share) / test.Arms.Count), cancellation).Arms[0])];
    }

    // As Delivery says; a user is in so many audiences of one system as their sizes add up to, and a slot becomes at most a few events.
    private static double MemoryBytes(long active, ExperimentSimulateRequest request) =>
        active * (160 + (2 * 25.0 * request.Size.Of(active) / active * request.World.SeedLists) + (64 * request.Delivery.SlotsPerDay));
}

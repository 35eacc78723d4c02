using Kindred.Data.Folders;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Planning;

/// <summary>The plan of a run: everything that a task needs besides the outputs of earlier tasks.</summary>
/// <remarks>The same inputs, settings and current version give the same plan, byte for byte.</remarks>
internal sealed record RunPlan
{
    private const int FewestSampled = 16_384;
    private const int Stride = 64;

    private const string DamagedCode = "plan_damaged";
    private const string Remedy = "Plan again";

    /// <summary>The version of the program; a different version makes all outputs again.</summary>
    public required string Program { get; init; }

    /// <summary>The number of the previous version; null for the first.</summary>
    public int? Previous { get; init; }

    /// <summary>The population's folder.</summary>
    public required string Population { get; init; }

    /// <summary>The population's version.</summary>
    public required string PopulationVersion { get; init; }

    /// <summary>The identity of its embedding space.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>The number of its shards.</summary>
    public required int Shards { get; init; }

    /// <summary>The seed of all random choices.</summary>
    public required ulong Seed { get; init; }

    /// <summary>True if thresholds are exact.</summary>
    public required bool Exact { get; init; }

    /// <summary>The number of users in the sample.</summary>
    public required int SampleUsers { get; init; }

    /// <summary>The confidence level of sampled sizes.</summary>
    public required double Confidence { get; init; }

    /// <summary>The minimum number of users of an audience.</summary>
    public required int MinimumAudience { get; init; }

    /// <summary>Rejects a list if none of its users to exclude is in the population.</summary>
    public required bool ExclusionsMustMatch { get; init; }

    /// <summary>The minimum number of seeds of a list.</summary>
    public required int MinimumSeeds { get; init; }

    /// <summary>The training settings.</summary>
    public required IReadOnlyDictionary<string, string> Training { get; init; }

    /// <summary>Counts below this are not shown to owners of lists.</summary>
    public required int SuppressBelow { get; init; }

    /// <summary>The digest of the permanently deleted users.</summary>
    public required string Forgotten { get; init; }

    /// <summary>The name of the planning output with the seed lists.</summary>
    public required string Seeds { get; init; }

    /// <summary>The planned models, by list and country.</summary>
    public required IReadOnlyList<PlannedUnit> Units { get; init; }

    /// <summary>The lists that their schedule leaves out.</summary>
    public required IReadOnlyList<string> Paused { get; init; }

    /// <summary>The models to train, one batch per task.</summary>
    public required IReadOnlyList<UnitTask> Train { get; init; }

    /// <summary>The samples to score, one batch per task.</summary>
    public required IReadOnlyList<UnitTask> Brackets { get; init; }

    /// <summary>The members to find, one batch and shard per task; names lack the shard.</summary>
    public required IReadOnlyList<UnitTask> Members { get; init; }

    /// <summary>The published lists to write, one batch per task.</summary>
    public required IReadOnlyList<UnitTask> Lists { get; init; }

    /// <summary>The name of the index for look-ups without the shard; null for none.</summary>
    public string? Index { get; init; }

    /// <summary>The name of the output with the ids of excluded users; null for none.</summary>
    public string? Excluded { get; init; }

    /// <summary>Writes the plan into a store.</summary>
    /// <returns>The path of its file, whose name is a hash of the bytes.</returns>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    internal string Keep(RunStore store) => OutputErrors.Guard(store.Plans, () =>
    {
        // A plan of many lists is large: it is written without being held in memory, and its name is known only then.
        Durable.CreateFolder(store.Plans);
        using var pending = PendingFolder.Beside(Path.Combine(store.Plans, "plan"));
        var temporary = Path.Combine(pending.Path, "plan");
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            Documents.Write(stream, this);
        }

        Durable.SyncFile(temporary);
        var path = store.PlanFile(NameOf(temporary));
        File.Move(temporary, path, overwrite: true);
        Durable.SyncFolder(store.Plans);
        return path;
    });

    /// <summary>Reads a plan that this version of the program made.</summary>
    /// <exception cref="KindredException">There is no such file, it is damaged, or another version made it.</exception>
    public static RunPlan Read(string file)
    {
        // A damaged plan would make wrong outputs under the names of correct ones.
        if (!File.Exists(file))
        {
            throw new KindredException(ErrorKind.BadInput, "plan_not_found",
                $"{file}: this plan does not exist. A plan is deleted once its run is published.", $"{Remedy}.");
        }

        var name = OutputErrors.Guard(file, () => NameOf(file));
        if (name != Path.GetFileNameWithoutExtension(file))
        {
            throw new KindredException(ErrorKind.Corrupt, DamagedCode,
                $"{file} is damaged or was renamed: its contents belong to the name {name}.", $"{Remedy}.");
        }

        var plan = Documents.Read<RunPlan>(file, DamagedCode, Remedy);
        return plan.Program == RunPlanner.Program ? plan : throw new KindredException(ErrorKind.Corrupt, "plan_of_other_program",
            $"{file} was made by version {plan.Program} of Kindred, and this is {RunPlanner.Program}.",
            "Use the same version on all machines, or plan again.");
    }

    /// <summary>Returns the number of users to sample. For exact thresholds a 64th is enough: scoring the sample must cost much less than
    /// scoring all users.</summary>
    /// <param name="active">The number of active users of a country.</param>
    public int SampleOf(long active) => Exact ? (int)Math.Min(SampleUsers, Math.Max(FewestSampled, active / Stride)) : SampleUsers;

    /// <summary>The name of the counts of a batch in a shard.</summary>
    public string ScoreObject(int batch, int shard) => OutputNames.OfShard("score-" + Brackets[batch].Hash, shard);

    /// <summary>The name of a batch's thresholds.</summary>
    public string ThresholdObject(int batch) => "thresholds-" + Brackets[batch].Hash;

    private static string NameOf(string file)
    {
        using var stream = File.OpenRead(file);
        return new InputHash("plan").Add(stream).ToString();
    }
}

using Kindred.Data.Folders;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Planning;

/// <summary>Everything that a run will do: what every task needs to know beside the outputs of the tasks before it.</summary>
/// <remarks>The same inputs, settings and current version give the same plan, byte for byte.</remarks>
internal sealed record RunPlan
{
    private const int FewestSampled = 16_384;
    private const int Stride = 64;

    private const string DamagedCode = "plan_damaged";
    private const string Remedy = "Plan again";

    /// <summary>The version of the program: another one does everything again.</summary>
    public required string Program { get; init; }

    /// <summary>Number of the version that this one follows; null for the first.</summary>
    public int? Previous { get; init; }

    /// <summary>The population's folder.</summary>
    public required string Population { get; init; }

    /// <summary>The population's version.</summary>
    public required string PopulationVersion { get; init; }

    /// <summary>What tells its embeddings from others.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>Its shards.</summary>
    public required int Shards { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether thresholds are exact.</summary>
    public required bool Exact { get; init; }

    /// <summary>Users of the sample.</summary>
    public required int SampleUsers { get; init; }

    /// <summary>Confidence of sampled sizes.</summary>
    public required double Confidence { get; init; }

    /// <summary>The fewest users of an audience.</summary>
    public required int MinimumAudience { get; init; }

    /// <summary>Whether a list has no audience whose exclusions are nobody in the population.</summary>
    public required bool ExclusionsMustMatch { get; init; }

    /// <summary>The fewest seeds of a list.</summary>
    public required int MinimumSeeds { get; init; }

    /// <summary>The settings of training.</summary>
    public required IReadOnlyDictionary<string, string> Training { get; init; }

    /// <summary>Counts below this are not shown to owners of lists.</summary>
    public required int SuppressBelow { get; init; }

    /// <summary>Digest of the permanently deleted users.</summary>
    public required string Forgotten { get; init; }

    /// <summary>The seed lists: name of an output of planning.</summary>
    public required string Seeds { get; init; }

    /// <summary>The planned models, by list and country.</summary>
    public required IReadOnlyList<PlannedUnit> Units { get; init; }

    /// <summary>Lists that are left out because their schedule says so.</summary>
    public required IReadOnlyList<string> Paused { get; init; }

    /// <summary>Models to train, a batch a task.</summary>
    public required IReadOnlyList<UnitTask> Train { get; init; }

    /// <summary>Samples to score, a batch a task.</summary>
    public required IReadOnlyList<UnitTask> Brackets { get; init; }

    /// <summary>Members to find, a batch and a shard a task; names lack the shard.</summary>
    public required IReadOnlyList<UnitTask> Members { get; init; }

    /// <summary>Lists for people to write, a batch a task.</summary>
    public required IReadOnlyList<UnitTask> Lists { get; init; }

    /// <summary>The index for look-ups: name of its outputs, less the shard; null for none.</summary>
    public string? Index { get; init; }

    /// <summary>Which users no audience may hold, by id: name of an output; null for none.</summary>
    public string? Excluded { get; init; }

    /// <summary>The bytes of a plan, and the name of their file: a hash of them.</summary>
    internal (byte[] Bytes, string Name) ToFile()
    {
        var bytes = Documents.Serialise(this);
        return (bytes, NameOf(bytes));
    }

    /// <summary>Reads a plan that this version of the program made.</summary>
    /// <exception cref="KindredException">There is no such file, it is damaged, or another version made it.</exception>
    public static RunPlan Read(string file)
    {
        // What is wrong in a plan would be in outputs under the names of right ones.
        if (!File.Exists(file)) throw new KindredException(ErrorKind.BadInput, "plan_not_found", $"{file}: there is no such plan. A plan is deleted once its run is published.", $"{Remedy}.");
        var name = OutputErrors.Guard(file, () => NameOf(File.ReadAllBytes(file)));
        if (name != Path.GetFileNameWithoutExtension(file)) throw new KindredException(ErrorKind.Corrupt, DamagedCode, $"{file} is damaged, or was renamed: its contents have the name {name}.", $"{Remedy}.");
        var plan = Documents.Read<RunPlan>(file, DamagedCode, Remedy);
        return plan.Program == RunPlanner.Program ? plan : throw new KindredException(ErrorKind.Corrupt, "plan_of_other_program",
            $"{file} was made by version {plan.Program} of Kindred, and this is {RunPlanner.Program}.", "Use the same version on all machines, or plan again.");
    }

    /// <summary>Users to sample of so many: for exact thresholds a 64th does, since scoring the sample must not cost as much as scoring all.</summary>
    /// <param name="active">Active users of a country.</param>
    public int SampleOf(long active) => Exact ? (int)Math.Min(SampleUsers, Math.Max(FewestSampled, active / Stride)) : SampleUsers;

    /// <summary>The name of the counts of a batch in a shard.</summary>
    public string ScoreObject(int batch, int shard) => OutputNames.OfShard("score-" + Brackets[batch].Hash, shard);

    /// <summary>The name of a batch's thresholds.</summary>
    public string ThresholdObject(int batch) => "thresholds-" + Brackets[batch].Hash;

    private static string NameOf(byte[] bytes) => new InputHash("plan").Add(bytes.AsSpan()).ToString();
}

using System.Text.Json.Serialization;
using Kindred.Data.Folders;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Planning;

/// <summary>Everything that a run will do: what every task needs to know beside the outputs of the tasks before it.</summary>
/// <remarks>The same inputs, settings and current version give the same plan, byte for byte.</remarks>
public sealed record RunPlan
{
    /// <summary>How the names of members begin.</summary>
    internal const string MembersPrefix = "members-";

    private const int FewestSampled = 16_384;
    private const int Stride = 64;

    private const string Remedy = "Plan again with `kindred run --plan-only`";

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

    /// <summary>What training is told.</summary>
    public required IReadOnlyDictionary<string, string> Training { get; init; }

    /// <summary>Counts below this are not told to owners of lists.</summary>
    public required int SuppressBelow { get; init; }

    /// <summary>Digest of the users who must never come back.</summary>
    public required string Forgotten { get; init; }

    /// <summary>The seed lists: name of an output of planning.</summary>
    public required string Seeds { get; init; }

    /// <summary>What models there shall be, by list and country.</summary>
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
        if (!File.Exists(file)) throw new KindredException(ErrorKind.BadInput, $"{file}: there is no such plan. {Remedy}; a plan is deleted once its run is published.");
        var name = OutputErrors.Guard(file, () => NameOf(File.ReadAllBytes(file)));
        if (name != Path.GetFileNameWithoutExtension(file)) throw new KindredException(ErrorKind.Corrupt, $"{file} is damaged, or was renamed: its contents have the name {name}. {Remedy}.");
        var plan = Documents.Read<RunPlan>(file, Remedy);
        return plan.Program == RunPlanner.Program ? plan : throw new KindredException(ErrorKind.Corrupt,
            $"{file} was made by version {plan.Program} of Kindred, and this is {RunPlanner.Program}. Use the same version on all machines, or plan again with `kindred run --plan-only`.");
    }

    /// <summary>Users to sample of so many: for exact thresholds a 64th does, since scoring the sample must not cost as much as scoring all.</summary>
    /// <param name="active">Active users of a country.</param>
    public int SampleOf(long active) => Exact ? (int)Math.Min(SampleUsers, Math.Max(FewestSampled, active / Stride)) : SampleUsers;

    /// <summary>The name of what a task on one shard gives.</summary>
    public static string OfShard(string name, int shard) => FormattableString.Invariant($"{name}-{shard:D5}");

    /// <summary>The name of the counts of a batch in a shard.</summary>
    public string ScoreObject(int batch, int shard) => OfShard("score-" + Brackets[batch].Hash, shard);

    /// <summary>The name of a batch's thresholds.</summary>
    public string ThresholdObject(int batch) => "thresholds-" + Brackets[batch].Hash;

    private static string NameOf(byte[] bytes) => new InputHash("plan").Add(bytes.AsSpan()).ToString();
}

/// <summary>A task on some units.</summary>
/// <param name="Output">The name of its output.</param>
/// <param name="Units">Indexes in <see cref="RunPlan.Units"/>, ascending.</param>
public sealed record UnitTask(string Output, IReadOnlyList<int> Units)
{
    /// <summary>The hash in its output's name.</summary>
    public string Hash => Output[(Output.LastIndexOf('-') + 1)..];
}

/// <summary>A model that there shall be, with its audiences.</summary>
public sealed record PlannedUnit
{
    /// <summary>The seed list.</summary>
    public required string List { get; init; }

    /// <summary>Its number in the table of seed lists.</summary>
    public required int Place { get; init; }

    /// <summary>A hash of its users and metrics.</summary>
    public required string Digest { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Owner { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The country that the model learns from; null for everybody.</summary>
    [JsonPropertyName("learns_from")]
    public string? TrainingCountry { get; init; }

    /// <summary>Metrics that weigh the seeds.</summary>
    public required IReadOnlyList<string> WeightBy { get; init; }

    /// <summary>A hash of the method and its settings.</summary>
    public required string SettingsKey { get; init; }

    /// <summary>A hash of all that the model depends on.</summary>
    public required string ModelKey { get; init; }

    /// <summary>Where the model is, or will be.</summary>
    public required OutputPart Model { get; init; }

    /// <summary>The model of the version before, to begin with; null for a cold start.</summary>
    public OutputPart? Before { get; init; }

    /// <summary>Countries of its audiences; null for everybody.</summary>
    public required IReadOnlyList<string?> Countries { get; init; }

    /// <summary>Sizes of its audiences.</summary>
    public required IReadOnlyList<string> Sizes { get; init; }

    /// <summary>Whether seeds may be members.</summary>
    public required bool IncludeSeeds { get; init; }

    /// <summary>Users who are no candidates: names of outputs of planning.</summary>
    public required IReadOnlyList<string> Exclude { get; init; }

    /// <summary>A hash of all that thresholds depend on.</summary>
    public required string ThresholdKey { get; init; }

    /// <summary>A hash of all that members depend on.</summary>
    public required string MembersKey { get; init; }

    /// <summary>Where members are, or will be, less the shard; null where nothing needs them.</summary>
    public OutputPart? Members { get; init; }

    /// <summary>Where the list for people is, or will be; null for none.</summary>
    public string? Lists { get; init; }

    /// <summary>The format of that list.</summary>
    public string? ListFormat { get; init; }

    /// <summary>Whether that list has scores.</summary>
    public bool ListScores { get; init; }

    /// <summary>What the version before says, where model and thresholds stay as they are; null where there is something to do.</summary>
    public UnitResult? Kept { get; init; }
}

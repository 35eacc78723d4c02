using System.Text.Json.Nodes;
using Kindred.Audiences;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>One version of what a daily run publishes.</summary>
public sealed record RunVersion
{
    /// <summary>The format that the manifest names.</summary>
    public const string Format = "kindred-run";

    internal const string UnitsFile = "lists.json";

    private const int FormatVersion = 1;
    private const string VersionFile = "version.json";
    private const int MostShards = 1024;

    /// <summary>The code of errors of damaged versions.</summary>
    internal const string DamagedCode = "version_damaged";

    /// <summary>The remedy for a damaged version, as a sentence without a full stop.</summary>
    internal const string Remedy = "Publish another version, delete this one's folder, and run again; where there is no other version, delete the file CURRENT instead of publishing one";

    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>The version that it followed.</summary>
    public int? Previous { get; init; }

    /// <summary>The program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>Version of the population.</summary>
    public required string PopulationVersion { get; init; }

    /// <summary>What tells its embeddings from others.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>Users of the population by country.</summary>
    public required IReadOnlyList<CountryCount> Countries { get; init; }

    /// <summary>Shards of the population, and of the index.</summary>
    public required int Shards { get; init; }

    /// <summary>The index, less the number of the shard; null for none.</summary>
    public string? Index { get; init; }

    /// <summary>Users whom audiences may not hold, by id; null for none.</summary>
    public string? Excluded { get; init; }

    /// <summary>Digest of the users who are not in it because they were forgotten.</summary>
    public required string Forgotten { get; init; }

    /// <summary>Counts below this are not shown to owners of lists.</summary>
    public int SuppressBelow { get; init; }

    /// <summary>Lists that were left out because they are paused.</summary>
    public IReadOnlyList<string> Paused { get; init; } = [];

    /// <summary>The names of all outputs of tasks that it is made of.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Its models and audiences, by list and country.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<UnitResult> Units { get; init; } = [];

    /// <summary>All audiences in the order that the index numbers them in.</summary>
    public IEnumerable<(UnitResult Unit, PublishedAudience Audience)> Audiences() =>
        Units.SelectMany(unit => AudiencesOf(unit).Select(audience => (unit, audience)));

    /// <summary>The audiences of one model, by country and ascending size.</summary>
    public static IEnumerable<PublishedAudience> AudiencesOf(UnitResult unit) => unit.Targets.SelectMany(target =>
        target.Sizes.Select(size => new PublishedAudience(unit.List, target.Country, size.Size, size.Users, size.Score, size.LastUserId)));

    /// <summary>Reads a version.</summary>
    /// <exception cref="KindredException">There is none of this number, or it is damaged or of a newer format.</exception>
    public static RunVersion Read(RunStore store, int number)
    {
        var folder = store.VersionFolder(number);
        if (!Directory.Exists(folder))
        {
            throw new KindredException(ErrorKind.BadInput, "version_not_found",
                $"There is no version {RunStore.Name(number)} in {store.Folder}; there are {string.Join(", ", store.Versions().Select(RunStore.Name))}.", "");
        }

        ReadManifest(store, number).Only(VersionFile, UnitsFile).Verify(folder, Remedy);
        var units = Documents.Read<UnitResult[]>(Path.Combine(folder, UnitsFile), DamagedCode, Remedy);
        if (units.Any(unit => unit is null || unit.Targets.Any(target => target is null || target.Sizes.Any(size => size is null))))
        {
            throw new KindredException(ErrorKind.Corrupt, DamagedCode, $"{Path.Combine(folder, UnitsFile)} is damaged: it has entries that are null.", $"{Remedy}.");
        }

        return ReadHead(store, number) with { Units = units };
    }

    /// <summary>Reads a version without its models and audiences.</summary>
    /// <exception cref="KindredException">It is damaged.</exception>
    internal static RunVersion ReadHead(RunStore store, int number)
    {
        var file = Path.Combine(store.VersionFolder(number), VersionFile);
        var version = Documents.Read<RunVersion>(file, DamagedCode, Remedy);
        return version.Shards is >= 1 and <= MostShards ? version
            : throw new KindredException(ErrorKind.Corrupt, DamagedCode,
                FormattableString.Invariant($"{file} is damaged: it says {version.Shards:N0} shards, and there are 1 to {MostShards:N0}."), $"{Remedy}.");
    }

    /// <summary>Reads the manifest of a version that is there.</summary>
    /// <exception cref="KindredException">It is damaged or of a newer format.</exception>
    public static FolderManifest ReadManifest(RunStore store, int number) => FolderManifest.Read(store.VersionFolder(number), Format, FormatVersion, Remedy);

    /// <summary>Writes a version into a folder that has its lists already.</summary>
    internal void Write(string folder)
    {
        var described = this with { Outputs = [.. Objects(withMembers: true).Distinct().Order(StringComparer.Ordinal)] };
        OutputErrors.Guard(folder, () =>
        {
            File.WriteAllBytes(Path.Combine(folder, VersionFile), Documents.Serialise(described));
            File.WriteAllBytes(Path.Combine(folder, UnitsFile), Documents.SerialiseLines(Units));
        });
        FolderManifest.Describe(folder, Format, FormatVersion, new JsonObject
        {
            ["number"] = Number,
            ["populationVersion"] = PopulationVersion,
            ["lists"] = Units.Select(unit => unit.List).Distinct().Count(),
            ["models"] = Units.Count(unit => unit.Model is not null),
            ["audiences"] = Units.Sum(unit => unit.Targets.Sum(target => target.Sizes.Count)),
            ["rejected"] = Units.Count(unit => unit.Rejected is not null) + Units.Sum(unit => unit.Targets.Count(target => target.Rejected is not null)),
        }).Write(folder);
    }

    /// <summary>The names of all outputs that this version needs.</summary>
    /// <param name="withMembers">Whether to name those too that only make the next version quicker.</param>
    public IEnumerable<string> Objects(bool withMembers)
    {
        foreach (var unit in Units)
        {
            if (unit.Model is { } model) yield return model.Output;
            if (unit.Lists is { } lists) yield return lists;
            if (!withMembers || unit.Members is not { } members) continue;
            for (var shard = 0; shard < Shards; shard++) yield return OutputNames.OfShard(members.Output, shard);
        }

        if (Excluded is not null) yield return Excluded;
        for (var shard = 0; Index is not null && shard < Shards; shard++) yield return OutputNames.OfShard(Index, shard);
    }
}

using System.Text.Json.Nodes;
using Kindred.Audiences;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>A published version of a daily run.</summary>
public sealed record RunVersion
{
    /// <summary>The format name in the manifest.</summary>
    public const string Format = "kindred-run";

    internal const string UnitsFile = "lists.json";

    private const int FormatVersion = 1;
    private const string VersionFile = "version.json";
    private const int MostShards = 1024;

    /// <summary>The code of errors of damaged versions.</summary>
    internal const string DamagedCode = "version_damaged";

    /// <summary>The remedy for a damaged version, as a sentence without a full stop.</summary>
    internal const string Remedy = "Publish another version, delete this one's folder, lift the hold, and run again; where there is no " +
        "other version, delete the file CURRENT instead of publishing one";

    /// <summary>The number of the version.</summary>
    public required int Number { get; init; }

    /// <summary>The number of the previous version.</summary>
    public int? Previous { get; init; }

    /// <summary>The version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>The version of the population.</summary>
    public required string PopulationVersion { get; init; }

    /// <summary>The identity of its embedding space.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>The users of the population by country.</summary>
    public required IReadOnlyList<CountryCount> Countries { get; init; }

    /// <summary>The number of shards of the population and of the index.</summary>
    public required int Shards { get; init; }

    /// <summary>The name of the index without the shard; null for none.</summary>
    public string? Index { get; init; }

    /// <summary>The name of the output with the ids of excluded users; null for none.</summary>
    public string? Excluded { get; init; }

    /// <summary>The digest of the permanently deleted users that it leaves out.</summary>
    public required string Forgotten { get; init; }

    /// <summary>Counts below this are not shown to owners of lists.</summary>
    public int SuppressBelow { get; init; }

    /// <summary>The paused lists, which it leaves out.</summary>
    public IReadOnlyList<string> Paused { get; init; } = [];

    /// <summary>The names of all task outputs that it consists of.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Its models and audiences, by list and country.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<UnitResult> Units { get; init; } = [];

    /// <summary>All audiences in the order of their numbers in the index.</summary>
    public IEnumerable<(UnitResult Unit, PublishedAudience Audience)> Audiences() =>
        Units.SelectMany(unit => AudiencesOf(unit).Select(audience => (unit, audience)));

    /// <summary>The audiences of one model, by country and ascending size.</summary>
    public static IEnumerable<PublishedAudience> AudiencesOf(UnitResult unit) => unit.Targets.SelectMany(target =>
        target.Sizes.Select(size => new PublishedAudience(unit.List, target.Country, size.Size, size.Users, size.Score, size.LastUserId)));

    /// <summary>Reads a version.</summary>
    /// <exception cref="KindredException">The version does not exist, is damaged, or has a newer format.</exception>
    public static RunVersion Read(RunStore store, int number)
    {
        var folder = store.VersionFolder(number);
        if (!Directory.Exists(folder))
        {
            throw new KindredException(ErrorKind.BadInput, "version_not_found",
                $"There is no version {RunStore.Name(number)} in {store.Folder}; there are " +
                    $"{string.Join(", ", store.Versions().Select(RunStore.Name))}.", "");
        }

        ReadManifest(store, number).Only(VersionFile, UnitsFile).Verify(folder, Remedy);
        var units = Documents.Read<UnitResult[]>(Path.Combine(folder, UnitsFile), DamagedCode, Remedy);
        if (units.Any(unit => unit is null || unit.Targets.Any(target => target is null || target.Sizes.Any(size => size is null))))
        {
            throw new KindredException(ErrorKind.Corrupt, DamagedCode,
                $"{Path.Combine(folder, UnitsFile)} is damaged: it contains null entries.", $"{Remedy}.");
        }

        // Lists are linked to these places when a version is rewritten.
        var files = units.SelectMany(unit => unit.Targets).Select(target => target.File).OfType<string>();
        if (files.FirstOrDefault(ManifestReader.LeadsElsewhere) is { } elsewhere)
        {
            throw new KindredException(ErrorKind.Corrupt, DamagedCode,
                $"{Path.Combine(folder, UnitsFile)} is damaged: it names '{elsewhere}', which is not a file in the folder.", $"{Remedy}.");
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
                FormattableString.Invariant($"{file} is damaged: it says {version.Shards:N0} shards, and there are 1 to {MostShards:N0}."),
                $"{Remedy}.");
    }

    /// <summary>Reads the manifest of an existing version.</summary>
    /// <exception cref="KindredException">It is damaged or of a newer format.</exception>
    public static FolderManifest ReadManifest(RunStore store, int number) =>
        FolderManifest.Read(store.VersionFolder(number), Format, FormatVersion, Remedy);

    /// <summary>Writes a version into a folder that already contains its lists.</summary>
    internal void Write(string folder)
    {
        var described = this with { Outputs = [.. Objects(withMembers: true).Distinct().Order(StringComparer.Ordinal)] };
        OutputErrors.Guard(folder, () =>
        {
            File.WriteAllBytes(Path.Combine(folder, VersionFile), Documents.Serialise(described));
            using var units = File.Create(Path.Combine(folder, UnitsFile), 1 << 16);
            Documents.WriteLines(units, Units);
        });
        FolderManifest.Describe(folder, Format, FormatVersion, new JsonObject
        {
            ["number"] = Number,
            ["populationVersion"] = PopulationVersion,
            ["lists"] = Units.Select(unit => unit.List).Distinct().Count(),
            ["models"] = Units.Count(unit => unit.Model is not null),
            ["audiences"] = Units.Sum(unit => unit.Targets.Sum(target => target.Sizes.Count)),
            ["rejected"] = Units.Count(unit => unit.Rejected is not null)
                + Units.Sum(unit => unit.Targets.Count(target => target.Rejected is not null)),
        }).Write(folder);
    }

    /// <summary>Returns the names of all outputs that this version needs.</summary>
    /// <param name="withMembers">Includes outputs that only speed up the next version.</param>
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

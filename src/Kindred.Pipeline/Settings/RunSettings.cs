using System.ComponentModel.DataAnnotations;
using Kindred.Data.Inputs;

namespace Kindred.Pipeline.Settings;

/// <summary>The settings of a daily run. Paths are absolute; in the file they are relative to its folder.</summary>
public sealed record RunSettings
{
    /// <summary>The path of the settings file in errors; null if a program provides the settings.</summary>
    public string? File { get; init; }

    /// <summary>The population's folder.</summary>
    public required string Population { get; init; }

    /// <summary>The source of the population if the run makes it; null for an existing population.</summary>
    public PopulationSource? Source { get; init; }

    /// <summary>Files of seed lists.</summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>The folder that holds the versions.</summary>
    public required string Store { get; init; }

    /// <summary>The number of versions to keep, including the current one.</summary>
    [Range(1, 10_000)]
    public int Keep { get; init; } = 7;

    /// <summary>The seed of all random choices.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The way of finding thresholds.</summary>
    public Sizing Sizing { get; init; } = Sizing.Exact;

    /// <summary>The size of the sample for brackets or sampled thresholds, in users; null for the default of the sizing.</summary>
    /// <value>Default 65,536 for exact thresholds and 1,000,000 for sampled ones.</value>
    [Range(1_000, 100_000_000)]
    public int? SampleUsers { get; init; }

    /// <summary>The confidence level of the interval of a sampled audience's size.</summary>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Trains existing lists from their previous model (warm start).</summary>
    public bool WarmStart { get; init; } = true;

    /// <summary>Writes the index for look-ups.</summary>
    public bool PublishIndex { get; init; } = true;

    /// <summary>The number of models per training or scoring task.</summary>
    [Range(1, 100_000)]
    public int BatchLists { get; init; } = 256;

    /// <summary>The minimum number of users of a published audience: members of smaller ones could be guessed.</summary>
    [Range(1, 1_000_000)]
    public int MinimumAudience { get; init; } = 25;

    /// <summary>The minimum number of a list's seeds in the population.</summary>
    [Range(1, 1_000_000)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>The maximum number of seed lists of one owner that are not paused, and of lists without an owner.</summary>
    /// <value>Default 100,000: the number of lists that Kindred is designed for.</value>
    [Range(1, 10_000_000)]
    public int MaxListsPerOwner { get; init; } = 100_000;

    /// <summary>Counts below this are not shown to owners of lists.</summary>
    [Range(0, 1_000_000)]
    public int SuppressBelow { get; init; } = 10;

    /// <summary>The column names of all input files: seed lists, users to exclude, interactions and users.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>The hash of the ids in seed lists; null if they are the population's ids.</summary>
    public IdHashing? Hash { get; init; }

    /// <summary>The hash of the ids in <see cref="ExcludeHashed"/>; null if there are none.</summary>
    public IdHashing? ExcludeHash { get; init; }

    /// <summary>Files with the ids of users to exclude from all audiences.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Files with hashed ids of users to exclude; <see cref="ExcludeHash"/> tells how they were hashed.</summary>
    public IReadOnlyList<string> ExcludeHashed { get; init; } = [];

    /// <summary>Rejects a list if none of its 25 or more exclusions of one kind is in the population: their ids are probably spelled
    /// differently.</summary>
    public bool ExclusionsMustMatch { get; init; } = true;

    /// <summary>The minimum share of published audiences, each a list in a country, that must remain. Audiences removed from the settings
    /// do not count. With fewer nothing is published.</summary>
    [Range(0.0, 1.0)]
    public double MinimumKept { get; init; } = 0.5;

    /// <summary>The default settings of lists.</summary>
    public ListSettings Default { get; init; } = new();

    /// <summary>The settings of single lists, by id.</summary>
    public IReadOnlyDictionary<string, ListSettings> Lists { get; init; } = new Dictionary<string, ListSettings>();

    /// <summary>The given options of methods as texts, by name.</summary>
    public IReadOnlyDictionary<string, string> Training { get; init; } = new Dictionary<string, string>();

    /// <summary>The size of the sample: as set, or the default of the sizing.</summary>
    public int Sample => SampleUsers ?? (Sizing == Sizing.Exact ? 65_536 : 1_000_000);

    /// <summary>Returns the settings of one list.</summary>
    public ListSettings Of(string list) => Lists.TryGetValue(list, out var own) ? own : Default;
}

using System.ComponentModel.DataAnnotations;
using Kindred.Data.Inputs;

namespace Kindred.Pipeline.Settings;

/// <summary>All that a settings file says about a daily run. Paths are absolute by now: the file's are relative to its own folder.</summary>
public sealed record RunSettings
{
    /// <summary>The settings file, as errors name it; null where the settings come from a program.</summary>
    public string? File { get; init; }

    /// <summary>The population's folder.</summary>
    public required string Population { get; init; }

    /// <summary>Where the population comes from, where the run makes it itself; null where it is given as it is.</summary>
    public PopulationSource? Source { get; init; }

    /// <summary>Files of seed lists.</summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>The folder that holds the versions.</summary>
    public required string Store { get; init; }

    /// <summary>Versions that are kept, the current one included.</summary>
    [Range(1, 10_000)]
    public int Keep { get; init; } = 7;

    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How thresholds are found.</summary>
    public Sizing Sizing { get; init; } = Sizing.Exact;

    /// <summary>Users of the sample that brackets, or sampled thresholds, come from; null for the default of the sizing.</summary>
    /// <value>Default 65,536 for exact thresholds and 1,000,000 for sampled ones.</value>
    [Range(1_000, 100_000_000)]
    public int? SampleUsers { get; init; }

    /// <summary>Confidence of the interval of a sampled audience's size.</summary>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Whether models of lists that were there before begin with their previous model.</summary>
    public bool WarmStart { get; init; } = true;

    /// <summary>Whether the index for look-ups is written.</summary>
    public bool PublishIndex { get; init; } = true;

    /// <summary>Models of a task of training, and of scoring.</summary>
    [Range(1, 100_000)]
    public int BatchLists { get; init; } = 256;

    /// <summary>The fewest users that an audience may be published with: of fewer, members could be guessed.</summary>
    [Range(1, 1_000_000)]
    public int MinimumAudience { get; init; } = 25;

    /// <summary>The fewest seeds in the population that a list may have.</summary>
    [Range(1, 1_000_000)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Counts below this are not shown to owners of lists.</summary>
    [Range(0, 1_000_000)]
    public int SuppressBelow { get; init; } = 10;

    /// <summary>What the columns of all files are called that people bring: seed lists, users to exclude, interactions and users.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>How the ids of seed lists were hashed; null where they are the population's.</summary>
    public IdHashing? Hash { get; init; }

    /// <summary>How the ids of <see cref="ExcludeHashed"/> were hashed; null where there are none.</summary>
    public IdHashing? ExcludeHash { get; init; }

    /// <summary>Users who are in no audience: files of ids.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The same: files of ids that are hashes by <see cref="ExcludeHash"/>.</summary>
    public IReadOnlyList<string> ExcludeHashed { get; init; } = [];

    /// <summary>Whether a list is refused whose exclusions, 25 users or more of one kind, are nobody in the population: most likely they are written in another way.</summary>
    public bool ExclusionsMustMatch { get; init; } = true;

    /// <summary>The least number of audiences, each a list in a country, as a share of those of the published version that are still asked for; with fewer nothing is published.</summary>
    [Range(0.0, 1.0)]
    public double MinimumKept { get; init; } = 0.5;

    /// <summary>What holds for lists that say nothing else.</summary>
    public ListSettings Default { get; init; } = new();

    /// <summary>What lists say for themselves, by their ids.</summary>
    public IReadOnlyDictionary<string, ListSettings> Lists { get; init; } = new Dictionary<string, ListSettings>();

    /// <summary>Options of methods as texts, by name: those that were given.</summary>
    public IReadOnlyDictionary<string, string> Training { get; init; } = new Dictionary<string, string>();

    /// <summary>Users of the sample: as set, or the default of the sizing.</summary>
    public int Sample => SampleUsers ?? (Sizing == Sizing.Exact ? 65_536 : 1_000_000);

    /// <summary>The settings of one list.</summary>
    public ListSettings Of(string list) => Lists.TryGetValue(list, out var own) ? own : Default;
}

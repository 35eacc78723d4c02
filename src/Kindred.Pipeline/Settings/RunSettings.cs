using System.ComponentModel.DataAnnotations;
using Kindred.Audiences;
using Kindred.Data.Inputs;

namespace Kindred.Pipeline.Settings;

/// <summary>How thresholds are found.</summary>
public enum Sizing
{
    /// <summary>Everybody is scored, and audiences have exactly the size that was asked for.</summary>
    Exact,

    /// <summary>A uniform sample is scored, and the size comes with an interval: a hundred times cheaper on 10⁸ users.</summary>
    Sampled,
}

/// <summary>All that a settings file says about a daily run. Paths are absolute by now: the file's are relative to its own folder.</summary>
public sealed record RunSettings
{
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

    /// <summary>Counts below this are not told to owners of lists.</summary>
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

    /// <summary>What training is told, by name: max_positives, max_negatives, hidden_from, hidden_units, epochs, regularization_per_dimension.</summary>
    public IReadOnlyDictionary<string, string> Training { get; init; } = new Dictionary<string, string>();

    /// <summary>Users of the sample: as set, or the default of the sizing.</summary>
    public int Sample => SampleUsers ?? (Sizing == Sizing.Exact ? 65_536 : 1_000_000);

    /// <summary>The settings of one list.</summary>
    public ListSettings Of(string list) => Lists.TryGetValue(list, out var own) ? own : Default;
}

/// <summary>What is wanted for a seed list.</summary>
public sealed record ListSettings
{
    /// <summary>Whose it is; empty where nobody said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The method that trains its model.</summary>
    public string Method { get; init; } = "mlp";

    /// <summary>Sizes of its audiences.</summary>
    public IReadOnlyList<AudienceSize> Sizes { get; init; } = [AudienceSize.OfShare(0.01)];

    /// <summary>Its target countries; none for everybody.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Whether each target country has a model of its own, learnt from its users alone; otherwise one model serves all.</summary>
    public bool LearnFromCountry { get; init; } = true;

    /// <summary>Files of users who are in none of its audiences.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The same: files of ids that are hashes by <see cref="RunSettings.ExcludeHash"/>.</summary>
    public IReadOnlyList<string> ExcludeHashed { get; init; } = [];

    /// <summary>Whether seeds may be in their own audience.</summary>
    public bool IncludeSeeds { get; init; }

    /// <summary>Metric columns that weigh the seeds.</summary>
    public IReadOnlyList<string> WeightBy { get; init; } = [];

    /// <summary>When it is done again.</summary>
    public Schedule Schedule { get; init; } = Schedule.Daily;

    /// <summary>The format that its members are written in: csv, csv.gz or parquet; null for no list.</summary>
    public string? ListFormat { get; init; }

    /// <summary>Whether that list has scores: whoever sees them can find the model out, and by it who is missing from the list.</summary>
    public bool ListScores { get; init; }
}

/// <summary>Interactions that a run makes its population from.</summary>
public sealed record PopulationSource
{
    /// <summary>Files of interactions.</summary>
    public required IReadOnlyList<string> Interactions { get; init; }

    /// <summary>Files of users.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Length of one embedding; null for the default.</summary>
    public int? Dimension { get; init; }

    /// <summary>Embeddings side by side; null for the default.</summary>
    public int? Copies { get; init; }
}

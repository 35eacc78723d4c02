using Kindred.Audiences;

namespace Kindred.Pipeline.Settings;

/// <summary>What is wanted for a seed list.</summary>
public sealed record ListSettings
{
    /// <summary>The word for no owner, in files and in the names of folders.</summary>
    public const string NoOwner = "-";

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

    /// <summary>Whether that list has scores: scores reveal the model, and the model reveals who is missing from the list.</summary>
    public bool ListScores { get; init; }
}

using Kindred.Audiences;

namespace Kindred.Pipeline.Settings;

/// <summary>The settings of a seed list.</summary>
public sealed record ListSettings
{
    /// <summary>The word that stands for no owner in files and folder names.</summary>
    public const string NoOwner = "-";

    /// <summary>The owner of the list; empty if not set.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The method of its model.</summary>
    public string Method { get; init; } = "mlp";

    /// <summary>The sizes of its audiences.</summary>
    public IReadOnlyList<AudienceSize> Sizes { get; init; } = [AudienceSize.OfShare(0.01)];

    /// <summary>Its target countries; empty for all countries.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Trains one model per target country on the users of that country only; otherwise one model serves all countries.</summary>
    public bool LearnFromCountry { get; init; } = true;

    /// <summary>Files with the ids of users to exclude from its audiences.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Files with hashed ids of users to exclude; <see cref="RunSettings.ExcludeHash"/> tells how they were hashed.</summary>
    public IReadOnlyList<string> ExcludeHashed { get; init; } = [];

    /// <summary>Allows seeds in their own audience.</summary>
    public bool IncludeSeeds { get; init; }

    /// <summary>The metric columns that weight the seeds.</summary>
    public IReadOnlyList<string> WeightBy { get; init; } = [];

    /// <summary>The schedule of its updates.</summary>
    public Schedule Schedule { get; init; } = Schedule.Daily;

    /// <summary>The format of its published member list: csv, csv.gz or parquet; null for no list.</summary>
    public string? ListFormat { get; init; }

    /// <summary>Adds scores to that list. Scores reveal the model, and the model reveals which users are missing from the list.</summary>
    public bool ListScores { get; init; }

    /// <summary>Writes ids in that list so that no spreadsheet runs one as a formula. It changes these ids, and only in CSV.</summary>
    public bool ListSpreadsheetSafe { get; init; }
}

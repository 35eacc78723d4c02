using System.Text.Json.Serialization;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Planning;

/// <summary>A planned model, with its audiences.</summary>
internal sealed record PlannedUnit
{
    /// <summary>The seed list.</summary>
    public required string List { get; init; }

    /// <summary>Its number in the table of seed lists.</summary>
    public required int Place { get; init; }

    /// <summary>A hash of its users and metrics.</summary>
    public required string Digest { get; init; }

    /// <summary>The owner of the list.</summary>
    public required string Owner { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The country that the model is trained on; null for all countries.</summary>
    [JsonPropertyName("learnsFrom")]
    public string? TrainingCountry { get; init; }

    /// <summary>The metrics that weight the seeds.</summary>
    public required IReadOnlyList<string> WeightBy { get; init; }

    /// <summary>A hash of the method and its settings.</summary>
    public required string SettingsKey { get; init; }

    /// <summary>A hash of everything that the model depends on.</summary>
    public required string ModelKey { get; init; }

    /// <summary>The place of the model, existing or planned.</summary>
    public required OutputPart Model { get; init; }

    /// <summary>The model of the previous version for a warm start; null for a cold start.</summary>
    public OutputPart? Before { get; init; }

    /// <summary>The countries of its audiences; null stands for all countries.</summary>
    public required IReadOnlyList<string?> Countries { get; init; }

    /// <summary>The sizes of its audiences.</summary>
    public required IReadOnlyList<string> Sizes { get; init; }

    /// <summary>True if seeds may be members.</summary>
    public required bool IncludeSeeds { get; init; }

    /// <summary>The users to exclude: names of outputs of planning.</summary>
    public required IReadOnlyList<string> Exclude { get; init; }

    /// <summary>A hash of everything that thresholds depend on.</summary>
    public required string ThresholdKey { get; init; }

    /// <summary>A hash of everything that members depend on.</summary>
    public required string MembersKey { get; init; }

    /// <summary>The place of the members, existing or planned, without the shard; null if they are not needed.</summary>
    public OutputPart? Members { get; init; }

    /// <summary>The output with the published list, existing or planned; null for none.</summary>
    public string? Lists { get; init; }

    /// <summary>The format of that list.</summary>
    public string? ListFormat { get; init; }

    /// <summary>True if that list has scores.</summary>
    public bool ListScores { get; init; }

    /// <summary>True if the ids of that list are safe for spreadsheets.</summary>
    public bool ListSpreadsheetSafe { get; init; }

    /// <summary>The result that is known without any task: that of the previous version if model and thresholds are unchanged, or the
    /// rejection of a list with too few seeds; null if there is work to do.</summary>
    [JsonPropertyName("kept")]
    public UnitResult? CarriedOver { get; init; }

    /// <summary>True if <see cref="CarriedOver"/> is a rejection that this plan decided.</summary>
    [JsonIgnore]
    public bool RejectedNow { get; init; }
}

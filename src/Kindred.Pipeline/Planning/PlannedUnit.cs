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

    /// <summary>Whose it is.</summary>
    public required string Owner { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The country that the model learns from; null for everybody.</summary>
    [JsonPropertyName("learnsFrom")]
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

    /// <summary>The result of the version before, where model and thresholds stay as they are; null where there is something to do.</summary>
    [JsonPropertyName("kept")]
    public UnitResult? CarriedOver { get; init; }
}

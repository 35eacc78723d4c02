using System.Text.Json.Serialization;

namespace Kindred.Pipeline.Store;

/// <summary>The result of one model in a version: a seed list, or a seed list in one country.</summary>
public sealed record UnitResult
{
    /// <summary>The seed list.</summary>
    public required string List { get; init; }

    /// <summary>The country that its model was trained on; null for all countries.</summary>
    [JsonPropertyName("learntFrom")]
    public string? TrainingCountry { get; init; }

    /// <summary>The owner of the list.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The method that trained it.</summary>
    public required string Method { get; init; }

    /// <summary>A hash of the method and its settings; a warm start needs the same hash.</summary>
    public required string SettingsKey { get; init; }

    /// <summary>A hash of the list's users and their metrics.</summary>
    public required string Digest { get; init; }

    /// <summary>The number of users in the list as given.</summary>
    public int Given { get; init; }

    /// <summary>The number of those in the population.</summary>
    public int Matched { get; init; }

    /// <summary>The number of those that the model was trained on.</summary>
    public int Seeds { get; init; }

    /// <summary>A hash of everything that its model depends on.</summary>
    public required string ModelKey { get; init; }

    /// <summary>The place of the model; null if there is none.</summary>
    public OutputPart? Model { get; init; }

    /// <summary>A hash of everything that its thresholds depend on.</summary>
    public required string ThresholdKey { get; init; }

    /// <summary>A hash of everything that its members depend on.</summary>
    public required string MembersKey { get; init; }

    /// <summary>The place of its members, without the shard; null if they are not kept.</summary>
    public OutputPart? Members { get; init; }

    /// <summary>The output with its published list; null if none was requested.</summary>
    public string? Lists { get; init; }

    /// <summary>The format of that list.</summary>
    public string? ListFormat { get; init; }

    /// <summary>True if that list has scores.</summary>
    public bool ListScores { get; init; }

    /// <summary>True if the ids of that list are safe for spreadsheets.</summary>
    public bool ListSpreadsheetSafe { get; init; }

    /// <summary>Its audiences by country.</summary>
    public IReadOnlyList<TargetResult> Targets { get; init; } = [];

    /// <summary>True if its model and thresholds are of an earlier day because its schedule did not make it due.</summary>
    [JsonPropertyName("kept")]
    public bool NotDue { get; init; }

    /// <summary>The reason why there is no model; null if there is one.</summary>
    public string? Rejected { get; init; }
}

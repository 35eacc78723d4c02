using System.Text.Json.Serialization;

namespace Kindred.Pipeline.Store;

/// <summary>What a version says of one model: a seed list, or a seed list in one country.</summary>
public sealed record UnitResult
{
    /// <summary>The seed list.</summary>
    public required string List { get; init; }

    /// <summary>The country that its model learnt from; null for everybody.</summary>
    [JsonPropertyName("learntFrom")]
    public string? TrainingCountry { get; init; }

    /// <summary>Whose list it is.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The method that trained it.</summary>
    public required string Method { get; init; }

    /// <summary>A hash of the method and its settings: models of others are not begun with.</summary>
    public required string SettingsKey { get; init; }

    /// <summary>A hash of the list's users and their metrics.</summary>
    public required string Digest { get; init; }

    /// <summary>Users of the list as it was given.</summary>
    public int Given { get; init; }

    /// <summary>Those of them who are in the population.</summary>
    public int Matched { get; init; }

    /// <summary>Those of them whom the model learnt from.</summary>
    public int Seeds { get; init; }

    /// <summary>A hash of all that its model depends on.</summary>
    public required string ModelKey { get; init; }

    /// <summary>Where the model is; null where there is none.</summary>
    public OutputPart? Model { get; init; }

    /// <summary>A hash of all that its thresholds depend on.</summary>
    public required string ThresholdKey { get; init; }

    /// <summary>A hash of all that its members depend on.</summary>
    public required string MembersKey { get; init; }

    /// <summary>Where its members are, less the number of the shard; null where they are not kept.</summary>
    public OutputPart? Members { get; init; }

    /// <summary>Where its list for people is; null where none was asked for.</summary>
    public string? Lists { get; init; }

    /// <summary>The format of that list.</summary>
    public string? ListFormat { get; init; }

    /// <summary>Whether that list has scores.</summary>
    public bool ListScores { get; init; }

    /// <summary>Its audiences by country.</summary>
    public IReadOnlyList<TargetResult> Targets { get; init; } = [];

    /// <summary>Whether its model and thresholds are of an earlier day, because its schedule made it not due.</summary>
    [JsonPropertyName("kept")]
    public bool NotDue { get; init; }

    /// <summary>Why there is no model.</summary>
    public string? Rejected { get; init; }
}

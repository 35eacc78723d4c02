using System.Text.Json.Serialization;

namespace Kindred.Pipeline.Store;

/// <summary>A part of a task's output.</summary>
/// <param name="Output">The output's name.</param>
/// <param name="Index">Which part of it.</param>
public sealed record OutputPart(string Output, int Index);

/// <summary>What a version says of one model: a seed list, or a seed list in one country.</summary>
public sealed record UnitResult
{
    /// <summary>The seed list.</summary>
    public required string List { get; init; }

    /// <summary>The country that its model learnt from; null for everybody.</summary>
    [JsonPropertyName("learnt_from")]
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

    /// <summary>Whether its model and thresholds are of an earlier day, as its schedule wants.</summary>
    public bool Kept { get; init; }

    /// <summary>Why there is no model.</summary>
    public string? Rejected { get; init; }
}

/// <summary>The audiences of one model in one country.</summary>
public sealed record TargetResult
{
    /// <summary>The country; null for everybody.</summary>
    public string? Country { get; init; }

    /// <summary>Active users who are neither seeds nor excluded.</summary>
    public long Candidates { get; init; }

    /// <summary>By ascending size; none where the target was rejected.</summary>
    public IReadOnlyList<SizeResult> Sizes { get; init; } = [];

    /// <summary>Scores of a sample of candidates at each twentieth, ascending: what drift is seen by.</summary>
    public IReadOnlyList<float> Quantiles { get; init; } = [];

    /// <summary>Why there are no audiences.</summary>
    public string? Rejected { get; init; }

    /// <summary>Why sizes are missing that were asked for.</summary>
    public string? Withheld { get; init; }
}

/// <summary>One audience.</summary>
/// <param name="Size">The size that was asked for.</param>
/// <param name="Users">Its users: exactly, or as expected where the threshold is from a sample.</param>
/// <param name="Score">The score of the last admitted user.</param>
/// <param name="LastUserId">The last admitted user: among equal scores, ids up to his are in.</param>
public sealed record SizeResult(string Size, long Users, float Score, string LastUserId)
{
    /// <summary>For a sampled threshold the standard error of the number of users.</summary>
    public double? StandardError { get; init; }

    /// <summary>For a sampled threshold the lower end of the interval of the number of users.</summary>
    public long? Low { get; init; }

    /// <summary>For a sampled threshold the upper end, included.</summary>
    public long? High { get; init; }
}

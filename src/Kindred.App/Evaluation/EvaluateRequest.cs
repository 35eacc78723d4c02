using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Evaluation;

namespace Kindred.App.Evaluation;

/// <summary>Request of an evaluation.</summary>
public sealed record EvaluateRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>The seed lists; a part of each is held out.</summary>
    public required SeedRequest Seeds { get; init; }

    /// <summary>Files of held-out users (seed_list_id, user_id); empty to split at random.</summary>
    public IReadOnlyList<string> HoldOut { get; init; } = [];

    /// <summary>The share of each list to hold out in a random split.</summary>
    public double HoldOutShare { get; init; } = 0.1;

    /// <summary>The number of random splits to average.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>A table of seed_list_id and part, or null to evaluate all lists.</summary>
    public string? Lists { get; init; }

    /// <summary>The part of <see cref="Lists"/> to evaluate.</summary>
    public string Part { get; init; } = "report";

    /// <summary>The method.</summary>
    public MethodRequest Method { get; init; } = new();

    /// <summary>The measurement options.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();
}

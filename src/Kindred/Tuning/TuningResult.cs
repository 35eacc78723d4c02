using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>The best blends of methods on a population, and the evidence.</summary>
public sealed record TuningResult
{
    /// <summary>The source of the lists: users of hidden items, or parts of the seed lists themselves.</summary>
    public required TuningSource Source { get; init; }

    /// <summary>The space of the embeddings that it is valid for: see <see cref="Embeddings.PopulationEmbedding.SpaceKey"/>.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>The methods that were tried.</summary>
    public required IReadOnlyList<TriedMethod> Methods { get; init; }

    /// <summary>The choices: among all methods, among ever cheaper ones, the same among those that can be served, then single methods, the
    /// best first.</summary>
    public required IReadOnlyList<TuningChoice> Choices { get; init; }

    /// <summary>The lists that methods were tried on.</summary>
    public required IReadOnlyList<TriedList> Lists { get; init; }

    /// <summary>The best choice within limits: the one among the most methods, unless a single method is ahead of it by more than a
    /// standard error.</summary>
    /// <param name="servable">True if only the embedding and the activity of a user may be read.</param>
    /// <param name="maxCost">Maximum multiply-adds per user and list; null for any number.</param>
    /// <exception cref="KindredException">No choice is within the limits.</exception>
    public TuningChoice Best(bool servable, double? maxCost)
    {
        var possible = Choices.Where(choice => (!servable || choice.Servable) && choice.CostPerPair <= (maxCost ?? double.PositiveInfinity))
            .ToArray();
        if (possible.Length > 0)
        {
            var single = possible.Where(choice => choice.IsSingle).MaxBy(choice => choice.Recall);
            return single is not null && single.Recall > possible[0].Recall + possible[0].GainStandardError ? single : possible[0];
        }

        var cheapest = Choices.Where(choice => !servable || choice.Servable).MinBy(choice => choice.CostPerPair);
        throw cheapest is null
            ? new KindredException(ErrorKind.BadInput, "tuning_without_servable_blend",
                "Tuning found no blend that can be served at request time.", "Name a method that reads embeddings only, such as mlp.")
            : new KindredException(ErrorKind.BadInput, "tuning_without_cheap_blend", FormattableString.Invariant(
                $"No blend costs at most {maxCost:N0} multiply-adds per user and list; the cheapest{(servable ? " that can be served" : "")} costs {cheapest.CostPerPair:N0}."),
                "Raise the limit.")
            {
                Values = new Dictionary<string, object?> { ["cheapest"] = cheapest.CostPerPair },
            };
    }
}

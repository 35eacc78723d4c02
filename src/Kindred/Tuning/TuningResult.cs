using System.Text.Json.Serialization;

namespace Kindred.Tuning;

/// <summary>Which blends of methods do best on a population, and the evidence.</summary>
public sealed record TuningResult
{
    /// <summary>How the lists came about: users of hidden items, or parts of the seed lists themselves.</summary>
    public required TuningSource Source { get; init; }

    /// <summary>Which embeddings it holds for: see <see cref="Embeddings.PopulationEmbedding.SpaceKey"/>.</summary>
    public required string EmbeddingSpace { get; init; }

    /// <summary>The methods that were tried.</summary>
    public required IReadOnlyList<TriedMethod> Methods { get; init; }

    /// <summary>What to use: chosen among all methods, among ever cheaper ones, the same of those that can be served, then single methods, the best first.</summary>
    public required IReadOnlyList<TuningChoice> Choices { get; init; }

    /// <summary>The lists that were tried on.</summary>
    public required IReadOnlyList<TriedList> Lists { get; init; }

    /// <summary>The best choice within limits: the one with most to choose from, unless a single method is ahead of it by more than a standard error.</summary>
    /// <param name="servable">Whether nothing may be read of a user but his embedding and activity.</param>
    /// <param name="maxCost">The most multiply-adds a pair, or null for any.</param>
    /// <exception cref="KindredException">There is none.</exception>
    public TuningChoice Best(bool servable, double? maxCost)
    {
        var possible = Choices.Where(choice => (!servable || choice.Servable) && choice.CostPerPair <= (maxCost ?? double.PositiveInfinity)).ToArray();
        if (possible.Length > 0)
        {
            var single = possible.Where(choice => choice.IsSingle).MaxBy(choice => choice.Recall);
            return single is not null && single.Recall > possible[0].Recall + possible[0].GainStandardError ? single : possible[0];
        }

        var cheapest = Choices.Where(choice => !servable || choice.Servable).MinBy(choice => choice.CostPerPair);
        throw new KindredException(ErrorKind.BadInput, cheapest is null
            ? "Nothing that was tuned can be served at request time. Name a --method that reads embeddings only, such as mlp."
            : FormattableString.Invariant($"No blend costs at most {maxCost:N0} multiply-adds a pair; the cheapest{(servable ? " that can be served" : "")} costs {cheapest.CostPerPair:N0}. Raise --max-cost."));
    }
}

/// <summary>Where the lists of a tuning came from.</summary>
public enum TuningSource
{
    /// <summary>Users of items that were hidden while the list was tried.</summary>
    PseudoLists,

    /// <summary>The users of seed lists that are trained on, a tenth of them held out.</summary>
    SeedLists,
}

/// <summary>Blends that use some of the methods only.</summary>
/// <param name="Servable">Whether they read nothing of a user but his embedding and activity.</param>
/// <param name="CostPerPair">Multiply-adds to score one user for one list, of the dearest blend.</param>
/// <param name="Blends">The blend for each range of list sizes, by ascending size.</param>
/// <param name="Recall">Average recall on lists that had no part in choosing the blend.</param>
/// <param name="SingleRecall">The same of the single method that was best on the others.</param>
/// <param name="GainStandardError">Standard error of the mean difference of the two over lists.</param>
public sealed record TuningChoice(
    bool Servable, double CostPerPair, IReadOnlyList<SizeBlend> Blends, double Recall, double SingleRecall, double GainStandardError)
{
    /// <summary>Whether <see cref="Recall"/> was measured on lists that had no part in the choice: for a handful of lists that cannot be.</summary>
    public bool MeasuredApart { get; init; } = true;

    /// <summary>Whether it is one method for all lists.</summary>
    [JsonIgnore]
    public bool IsSingle => Blends is [{ Parts.Count: 1 }];

    /// <summary>The blend for a list of so many seeds.</summary>
    public SizeBlend For(int seeds) => Blends.LastOrDefault(blend => seeds >= blend.FromSeeds) ?? Blends[0];
}

/// <summary>A method that was tried.</summary>
/// <param name="Id">Its name and settings.</param>
/// <param name="Recall">Average recall over all lists.</param>
/// <param name="CostPerPair">Multiply-adds to score one user for one list.</param>
public sealed record TriedMethod(string Id, double Recall, double CostPerPair);

/// <summary>A list that methods were tried on.</summary>
/// <param name="Id">Where it came from.</param>
/// <param name="Seeds">Users trained on.</param>
/// <param name="Recall">[methods] average recall.</param>
public sealed record TriedList(string Id, int Seeds, IReadOnlyList<double> Recall);

/// <summary>The blend for lists of some sizes.</summary>
/// <param name="FromSeeds">For lists of at least this many seeds, up to the next blend's.</param>
/// <param name="Parts">Methods and how often each was chosen; scores are standardised before they are added.</param>
/// <param name="Lists">Lists of this size that were tried on.</param>
/// <param name="LeastSeeds">Seeds of the smallest of them.</param>
/// <param name="MostSeeds">Seeds of the largest.</param>
/// <param name="Recall">Their average recall under the blend: optimistic, for it was chosen on them too.</param>
public sealed record SizeBlend(int FromSeeds, IReadOnlyList<BlendPart> Parts, int Lists, int LeastSeeds, int MostSeeds, double Recall);

/// <summary>A part of a blend.</summary>
/// <param name="Method">Id of a base method.</param>
/// <param name="Count">Its weight.</param>
public sealed record BlendPart(string Method, int Count);

using Kindred.Evaluation;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred compare</c> found.</summary>
internal sealed record CompareResult
{
    /// <summary>One, or one a number of seeds, ascending.</summary>
    public required IReadOnlyList<ComparedSize> Sizes { get; init; }

    /// <summary>The methods and what each reads of a user.</summary>
    public required IReadOnlyList<ComparedMethod> Methods { get; init; }

    /// <summary>Methods that could not be used on this population, with the reason.</summary>
    public IReadOnlyList<(string Method, string Reason)> LeftOut { get; init; } = [];

    /// <summary>Why the baseline is another than is usual; null where it is not.</summary>
    public string? BaselineNote { get; init; }

    /// <summary>What the lists of a size experiment were chosen by; null for all lists.</summary>
    public string? ListsNote { get; init; }

    /// <summary>Active users that were ranked for every list.</summary>
    public required long Candidates { get; init; }

    public required int Repeats { get; init; }

    /// <summary>Each method with sample weights against itself without; empty where that was not asked for.</summary>
    public IReadOnlyList<CompareWeighting> Weighting { get; init; } = [];

    public string? Country { get; init; }

    /// <summary>The largest size, or the only one: what verdict and figures by size of the list are of.</summary>
    public MethodComparison Main => Sizes[^1].Comparison;

    /// <summary>Whether there is anything to say by size of the list; not where all train on as many seeds.</summary>
    public bool HasBuckets => Sizes[^1].Seeds is null && Main.Buckets.Count > 1;
}

/// <summary>The comparison with one number of seeds.</summary>
/// <param name="Seeds">Seeds trained on for each list; null for all that it has.</param>
/// <param name="Comparison">The figures.</param>
/// <param name="Costs">What each method took, in the order of the methods.</param>
internal sealed record ComparedSize(int? Seeds, MethodComparison Comparison, IReadOnlyList<MethodCost> Costs);

/// <summary>One method that is finished.</summary>
/// <param name="Result">Its figures.</param>
/// <param name="Cost">What it took.</param>
/// <param name="Reads">What it reads of a user, in words.</param>
internal sealed record ComparedPart(EvaluationResult Result, MethodCost Cost, string Reads);

/// <summary>A method that was compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reads">What it reads of a user, in words.</param>
internal sealed record ComparedMethod(string Name, string Reads);

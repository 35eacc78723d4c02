using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>Result of a comparison of methods.</summary>
public sealed record CompareResult
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

    /// <summary>Random splits that were averaged.</summary>
    public required int Repeats { get; init; }

    /// <summary>Each method with sample weights against itself without; empty where that was not asked for.</summary>
    public IReadOnlyList<CompareWeighting> Weighting { get; init; } = [];

    /// <summary>The target country; null for everybody.</summary>
    public string? Country { get; init; }

    /// <summary>The largest size, or the only one: what verdict and figures by size of the list are of.</summary>
    public MethodComparison Main => Sizes[^1].Comparison;

    /// <summary>Whether there is anything to say by size of the list; not where all train on as many seeds.</summary>
    public bool HasBuckets => Sizes[^1].Seeds is null && Main.Buckets.Count > 1;
}

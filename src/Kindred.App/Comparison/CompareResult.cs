using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>Result of a comparison of methods.</summary>
public sealed record CompareResult
{
    /// <summary>One comparison, or one per number of seeds in ascending order.</summary>
    public required IReadOnlyList<ComparedSize> Sizes { get; init; }

    /// <summary>The methods, each with the user data that it reads.</summary>
    public required IReadOnlyList<ComparedMethod> Methods { get; init; }

    /// <summary>Methods that this population does not support, with the reason.</summary>
    public IReadOnlyList<(string Method, string Reason)> LeftOut { get; init; } = [];

    /// <summary>The reason for an unusual baseline; null for the usual one.</summary>
    public string? BaselineNote { get; init; }

    /// <summary>The selection of lists in a size experiment, in words; null for all lists.</summary>
    public string? ListsNote { get; init; }

    /// <summary>The number of active users ranked for every list.</summary>
    public required long Candidates { get; init; }

    /// <summary>The number of random splits that were averaged.</summary>
    public required int Repeats { get; init; }

    /// <summary>The comparison of each method with sample weights to itself without them; empty if not requested.</summary>
    public IReadOnlyList<CompareWeighting> Weighting { get; init; } = [];

    /// <summary>The target country; null for all countries.</summary>
    public string? Country { get; init; }

    /// <summary>The comparison with the most seeds, or the only one: the verdict and the figures by list size are about it.</summary>
    public MethodComparison Main => Sizes[^1].Comparison;

    /// <summary>True if figures by list size are meaningful; false if all lists train on the same number of seeds.</summary>
    public bool HasBuckets => Sizes[^1].Seeds is null && Main.Buckets.Count > 1;
}

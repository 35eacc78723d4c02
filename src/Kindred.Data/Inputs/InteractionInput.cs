using Kindred.Embeddings;

namespace Kindred.Data.Inputs;

/// <summary>Interactions as they were read.</summary>
/// <param name="Matrix">Who did what, in canonical order: the same whatever the order of rows and files.</param>
/// <param name="Report">What became of the rows.</param>
/// <param name="LatestTimestamps">[users] unix milliseconds of each user's latest row, <see cref="long.MinValue"/> for a user
/// without one; null where the files have no such column.</param>
public sealed record InteractionInput(InteractionMatrix Matrix, InteractionReport Report, IReadOnlyList<long>? LatestTimestamps)
{
    /// <summary>Names of columns that were not read; of many the first.</summary>
    public IReadOnlyList<string> OtherColumns { get; init; } = [];
}

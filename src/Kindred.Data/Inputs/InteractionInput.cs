using Kindred.Embeddings;

namespace Kindred.Data.Inputs;

/// <summary>Interactions as they were read.</summary>
/// <param name="Matrix">The interactions in canonical order, which does not depend on the order of rows and files.</param>
/// <param name="Report">Counts of the rows.</param>
/// <param name="LatestTimestamps">[users] unix milliseconds of each user's latest row, <see cref="long.MinValue"/> for a user
/// without one; null where the files have no such column.</param>
public sealed record InteractionInput(InteractionMatrix Matrix, InteractionReport Report, IReadOnlyList<long>? LatestTimestamps)
{
    /// <summary>The names of columns that were not read; the first ones if there are many.</summary>
    public IReadOnlyList<string> OtherColumns { get; init; } = [];
}

namespace Kindred.Data.Inputs;

/// <summary>Counts of the rows of interactions.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="UnknownUserRows">Rows left out because their user is not in the users' table.</param>
/// <param name="MergedRows">Rows that were added to another row of the same user and item.</param>
/// <param name="NonPositiveRows">Rows whose weight is zero or negative; they count in the sums.</param>
/// <param name="DroppedPairs">Pairs of user and item left out because their weights sum to zero or less.</param>
public sealed record InteractionReport(long Rows, long UnknownUserRows, long MergedRows, long NonPositiveRows, long DroppedPairs);

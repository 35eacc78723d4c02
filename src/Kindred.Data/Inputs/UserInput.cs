using Kindred.Populations;

namespace Kindred.Data.Inputs;

/// <summary>Users as they were read.</summary>
/// <param name="Users">In canonical order; all active if the files do not say.</param>
/// <param name="SaysWhoIsActive">True if the files have a column of active users.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="DuplicateRows">Rows that repeated another one, value by value.</param>
public sealed record UserInput(UserTable Users, bool SaysWhoIsActive, long Rows, long DuplicateRows)
{
    /// <summary>[users] the activity count of each user, 0 or more; null if the files have no such column, or none was requested.</summary>
    public float[]? Counts { get; init; }
}

namespace Kindred.Populations;

/// <summary>Countries, attributes and active flags of users, in canonical order (ordinal UTF-8 id).</summary>
/// <param name="Ids">Distinct user ids in ordinal order.</param>
/// <param name="Countries">Country codes in ordinal order; one empty name where users have none.</param>
/// <param name="CountryOf">[users] index in <paramref name="Countries"/>.</param>
/// <param name="Active">[users] 1 for an active user, 0 otherwise.</param>
/// <param name="Attributes">Further columns of the users' file by name, one value per user (null if empty).</param>
public sealed record UserTable(
    IdList Ids,
    IReadOnlyList<string> Countries,
    int[] CountryOf,
    byte[] Active,
    IReadOnlyDictionary<string, string?[]> Attributes);

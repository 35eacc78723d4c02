namespace Kindred.Data.Memberships;

/// <summary>The users of one audience.</summary>
/// <param name="Audience">Its number.</param>
/// <param name="Users">The indexes of its users, ascending.</param>
public readonly record struct AudienceUsers(int Audience, ReadOnlyMemory<int> Users);

namespace Kindred.Data.Memberships;

/// <summary>Users of one audience.</summary>
/// <param name="Audience">Its number.</param>
/// <param name="Users">Indexes of its users, ascending.</param>
public readonly record struct AudienceUsers(int Audience, ReadOnlyMemory<int> Users);

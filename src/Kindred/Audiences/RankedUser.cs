using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>A user and his score.</summary>
public readonly record struct RankedUser(UserRow User, float Score);

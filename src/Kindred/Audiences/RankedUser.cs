using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>A user with a score.</summary>
public readonly record struct RankedUser(UserRow User, float Score);

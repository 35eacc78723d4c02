namespace Kindred.Data.Populations;

/// <summary>The number of users of a country.</summary>
/// <param name="Name">Its code; empty for users without a country.</param>
/// <param name="Users">All its users.</param>
/// <param name="ActiveUsers">Its active users.</param>
public sealed record PopulationCountry(string Name, long Users, long ActiveUsers);

namespace Kindred.Data.Populations;

/// <summary>How many users a country has.</summary>
/// <param name="Name">Its code; empty where users have none.</param>
/// <param name="Users">All its users.</param>
/// <param name="ActiveUsers">Its active users.</param>
public sealed record PopulationCountry(string Name, long Users, long ActiveUsers);

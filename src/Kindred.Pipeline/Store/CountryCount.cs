namespace Kindred.Pipeline.Store;

/// <summary>Users of a country.</summary>
/// <param name="Country">Its code; empty where users have none.</param>
/// <param name="Users">All of them.</param>
/// <param name="Active">Those who are active.</param>
public sealed record CountryCount(string Country, long Users, long Active);

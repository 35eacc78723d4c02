namespace Kindred.Pipeline.Store;

/// <summary>The number of users of a country.</summary>
/// <param name="Country">The country code; empty for users without a country.</param>
/// <param name="Users">The number of all users.</param>
/// <param name="Active">The number of active users.</param>
public sealed record CountryCount(string Country, long Users, long Active);

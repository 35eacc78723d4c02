namespace Kindred.Worlds.Delivery;

/// <summary>An active user, to whom ads can be delivered.</summary>
/// <param name="Index">The user's number in the world.</param>
/// <param name="CountryNumber">The index of the user's country in <see cref="World.Countries"/>.</param>
/// <param name="SlotsPerDay">The expected number of ad slots per day.</param>
public readonly record struct DeliveryUser(long Index, int CountryNumber, double SlotsPerDay);

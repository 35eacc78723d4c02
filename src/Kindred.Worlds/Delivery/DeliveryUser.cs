namespace Kindred.Worlds.Delivery;

/// <summary>An active user whom ads can be delivered to.</summary>
/// <param name="Index">His number in the world.</param>
/// <param name="CountryNumber">The index of his country in <see cref="World.Countries"/>.</param>
/// <param name="SlotsPerDay">Ad slots that he is expected to have a day.</param>
public readonly record struct DeliveryUser(long Index, int CountryNumber, double SlotsPerDay);

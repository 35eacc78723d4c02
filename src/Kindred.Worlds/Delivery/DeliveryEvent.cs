namespace Kindred.Worlds.Delivery;

/// <summary>One event of a simulated delivery.</summary>
/// <param name="User">The user's place in <see cref="AdDelivery.Users"/>.</param>
/// <param name="Arm">The arm that he is in.</param>
/// <param name="Time">When, in Unix milliseconds.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Advertiser">Whose ad it was: <see cref="WorldAdvertiser.Index"/>.</param>
/// <param name="Value">Euros: of an impression what the advertiser pays for it or for its click, of a purchase what was bought; else 0.</param>
public readonly record struct DeliveryEvent(int User, int Arm, long Time, DeliveryEventKind Kind, int Advertiser, float Value);

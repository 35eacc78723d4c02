namespace Kindred.Worlds.Delivery;

/// <summary>One event of a simulated delivery.</summary>
/// <param name="User">The user's place in <see cref="AdDelivery.Users"/>.</param>
/// <param name="Arm">The user's arm.</param>
/// <param name="Time">The time, in Unix milliseconds.</param>
/// <param name="Kind">The kind of event.</param>
/// <param name="Advertiser">The advertiser of the ad: <see cref="WorldAdvertiser.Index"/>.</param>
/// <param name="Value">In euros: what the advertiser pays for an impression or its click, the value of a purchase, otherwise 0.</param>
public readonly record struct DeliveryEvent(int User, int Arm, long Time, DeliveryEventKind Kind, int Advertiser, float Value);

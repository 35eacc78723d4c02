namespace Kindred.Worlds.Delivery;

/// <summary>An arm of a simulated online test.</summary>
/// <param name="Share">The share of the users who are in it, in (0, 1], and of every budget that it may spend.</param>
/// <param name="System">The system whose audiences its users are served by, once the test has begun. Before it, everybody is served by system 0.</param>
public sealed record DeliveryArm(double Share, int System);

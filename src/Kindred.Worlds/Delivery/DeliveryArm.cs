namespace Kindred.Worlds.Delivery;

/// <summary>An arm of a simulated online test.</summary>
/// <param name="Share">The arm's share of the users and of every budget, in (0, 1].</param>
/// <param name="System">The system that makes the audiences of the arm's users from the start of the test; before that, system 0 makes
/// them.</param>
public sealed record DeliveryArm(double Share, int System);

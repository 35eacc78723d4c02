namespace Kindred.Worlds.Delivery;

/// <summary>The outcome of a simulated online test.</summary>
/// <param name="Arms">The outcome of each arm.</param>
/// <param name="Events">All events, including those before the test.</param>
public sealed record DeliveryOutcome(IReadOnlyList<ArmOutcome> Arms, long Events);

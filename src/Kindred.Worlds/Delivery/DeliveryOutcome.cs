namespace Kindred.Worlds.Delivery;

/// <summary>What came of a simulated online test.</summary>
/// <param name="Arms">Of each arm.</param>
/// <param name="Events">Events in all, those before the test included.</param>
public sealed record DeliveryOutcome(IReadOnlyList<ArmOutcome> Arms, long Events);

using System.Globalization;
using Kindred.Experiments.Assignment;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>The design of a simulated test: two arms of half of the active users each.</summary>
/// <param name="Assignment">The assignment of users to arms.</param>
/// <param name="Arms">The arms, and the system that serves each.</param>
internal sealed record SimulatedTest(UnitAssignment Assignment, IReadOnlyList<DeliveryArm> Arms)
{
    /// <summary>Names of the arms.</summary>
    public IReadOnlyList<string> ArmNames => [.. Assignment.Arms.Select(arm => arm.Name)];

    public static SimulatedTest Of(SimulateExperimentRequest request)
    {
        // A different market is a different test, so its users are assigned independently.
        var salt = string.Create(CultureInfo.InvariantCulture,
            $"simulated-{ExperimentComparisons.NameOf(request.Comparison)}-{request.Delivery.Seed}");
        (string Name, int System)[] arms = request.Comparison switch
        {
            ExperimentComparison.CombinedVersusBlended => [("blended", 0), ("combined", 1)],
            ExperimentComparison.Weights => [("unweighted", 0), ("weighted", 1)],
            _ => [("blended", 0), ("blended-again", 0)],
        };
        return new SimulatedTest(
            new UnitAssignment(salt, [.. arms.Select(arm => new AssignmentArm(arm.Name, 1))]),
            [.. arms.Select(arm => new DeliveryArm(1.0 / arms.Length, arm.System))]);
    }
}

using Kindred.Worlds;

namespace Kindred.Cli.Jobs;

/// <summary>The settings that a simulated test's log is analysed by.</summary>
internal static class SimulationSettings
{
    public static string For(SimulatedTest test, ExperimentSimulateRequest request, Delivery delivery) => "";
}

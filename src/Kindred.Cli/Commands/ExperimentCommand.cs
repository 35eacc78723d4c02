using System.CommandLine;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred experiment</c>.</summary>
internal static class ExperimentCommand
{
    public static Command Create(CommandRun run) => new("experiment", "Plans, assigns, analyses and simulates A/B tests.")
    {
        ExperimentPlanCommand.Create(run),
        ExperimentAssignCommand.Create(run),
        ExperimentAnalyzeCommand.Create(run),
        ExperimentSimulateCommand.Create(run),
    };
}

using System.CommandLine;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred experiment</c>.</summary>
internal static class ExperimentCommand
{
    public static Command Create() => new("experiment", "Plans, assigns, analyses and simulates A/B tests.\n\n" +
        "Examples:\n  kindred experiment plan --share 2.5% --effect 5% --units-a-day 20000\n  kindred experiment analyze --settings " +
            "experiment.yaml")
    {
        ExperimentPlanCommand.Create(),
        ExperimentAssignCommand.Create(),
        ExperimentAnalyzeCommand.Create(),
        ExperimentSimulateCommand.Create(),
    };
}

using Kindred.App.Experiments;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>Result of a simulated experiment, with the truth.</summary>
public sealed record SimulatedExperiment
{
    /// <summary>The folder, under its final name.</summary>
    public required string Folder { get; init; }

    /// <summary>Names of the arms, the control first.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>The systems that served the arms.</summary>
    public required IReadOnlyList<string> Systems { get; init; }

    /// <summary>The test as it was run.</summary>
    public required DeliveryOutcome Test { get; init; }

    /// <summary>[arms] The outcome if the arm's system serves all users with all budgets; the difference is the effect that the test
    /// estimates.</summary>
    public required IReadOnlyList<ArmOutcome> Launched { get; init; }

    /// <summary>The number of rows of the log.</summary>
    public required long Rows { get; init; }

    /// <summary>The analysis of the log, made without access to the truth.</summary>
    public AnalyzedExperiment? Analysis { get; init; }

    /// <summary>The log of events.</summary>
    public string Log => Path.Combine(Folder, SimulateExperiment.LogFile);

    /// <summary>The settings that the log is analysed by.</summary>
    public string Settings => Path.Combine(Folder, SimulateExperiment.SettingsFile);

    /// <summary>The truth as JSON.</summary>
    public string Truth => Path.Combine(Folder, SimulateExperiment.TruthFile);
}

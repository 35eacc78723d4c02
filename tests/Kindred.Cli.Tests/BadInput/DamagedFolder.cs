using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>A damaged folder that Kindred wrote.</summary>
/// <param name="What">A unique description of the defect.</param>
/// <param name="Kind">"population" or "models".</param>
/// <param name="Damage">An action that damages the folder.</param>
/// <param name="Says">The text that an error on opening must contain.</param>
public sealed record DamagedFolder(string What, string Kind, Action<string> Damage, params string[] Says)
{
    /// <summary>The remedy that an error on opening must contain.</summary>
    public string Remedy { get; init; } = Kind == "population" ? "kindred embed" : "";

    /// <summary>The exit code of a command that opens the folder.</summary>
    public int Code { get; init; } = ExitCode.Corrupt;

    /// <summary>True if opening the folder detects the damage. Verification always does.</summary>
    public bool IsNoticed { get; init; } = true;
}

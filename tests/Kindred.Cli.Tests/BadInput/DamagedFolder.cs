using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>A folder that Kindred wrote, damaged.</summary>
/// <param name="What">What is wrong with it, in words; unique.</param>
/// <param name="Kind">"population" or "models".</param>
/// <param name="Damage">Damages it.</param>
/// <param name="Says">What whoever opens it must say.</param>
public sealed record DamagedFolder(string What, string Kind, Action<string> Damage, params string[] Says)
{
    /// <summary>How whoever opens it must say that it is made again.</summary>
    public string Remedy { get; init; } = Kind == "population" ? "kindred embed" : "";

    /// <summary>The exit code of whoever opens it.</summary>
    public int Code { get; init; } = ExitCode.Corrupt;

    /// <summary>Whether opening it is enough to notice; verification notices all of it.</summary>
    public bool IsNoticed { get; init; } = true;
}

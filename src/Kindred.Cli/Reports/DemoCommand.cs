namespace Kindred.Cli.Reports;

/// <summary>A step for the reader to take.</summary>
/// <param name="Explanation">What it does.</param>
/// <param name="CommandLine">What to type; may have several lines.</param>
internal sealed record DemoCommand(string Explanation, string CommandLine);

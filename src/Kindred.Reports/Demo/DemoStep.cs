namespace Kindred.Reports.Demo;

/// <summary>A next step for the reader.</summary>
/// <param name="Explanation">The purpose of the step.</param>
/// <param name="CommandLine">The text to type; may have several lines.</param>
public sealed record DemoStep(string Explanation, string CommandLine);

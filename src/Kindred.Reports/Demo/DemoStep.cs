
namespace Kindred.Reports.Demo;

/// <summary>A step for the reader to take.</summary>
/// <param name="Explanation">What it does.</param>
/// <param name="CommandLine">What to type; may have several lines.</param>
public sealed record DemoStep(string Explanation, string CommandLine);

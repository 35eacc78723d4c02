namespace Kindred.Pipeline.Store;

/// <summary>A part of a task's output.</summary>
/// <param name="Output">The output's name.</param>
/// <param name="Index">The number of the part.</param>
public sealed record OutputPart(string Output, int Index);

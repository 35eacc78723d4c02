namespace Kindred.SeedModels;

/// <summary>A part of a blend.</summary>
/// <param name="Method">Id of a base method.</param>
/// <param name="Count">Its weight.</param>
public sealed record BlendPart(string Method, int Count);

namespace Kindred.App.Comparison;

/// <summary>A method that was compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reads">What it reads of a user, in words.</param>
public sealed record ComparedMethod(string Name, string Reads);

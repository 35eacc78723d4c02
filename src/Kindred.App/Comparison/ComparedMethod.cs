namespace Kindred.App.Comparison;

/// <summary>A compared method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reads">The user data that it reads, in words.</param>
public sealed record ComparedMethod(string Name, string Reads);

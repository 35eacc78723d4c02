namespace Kindred.Pipeline.Settings;

/// <summary>One item of a list in a settings file: a text or a map.</summary>
/// <param name="Text">The text; null for a map.</param>
/// <param name="Map">The map; null for a text.</param>
/// <param name="Error">Creates the error of a problem, with the position of the item.</param>
internal sealed record SettingsItem(string? Text, SettingsNode? Map, Func<string, KindredException> Error);

namespace Kindred.Pipeline.Settings;

/// <summary>A key of a settings file and its values, of a program that gives keys their meaning.</summary>
/// <param name="Key">The key.</param>
/// <param name="Values">Its values as texts; none for an empty one.</param>
/// <param name="Error">Makes an error at the place of the key of a problem.</param>
public sealed record OptionSetting(string Key, IReadOnlyList<string> Values, Func<string, KindredException> Error)
{
    /// <summary>Reads a file of keys with a text or a list of texts each.</summary>
    /// <param name="file">Its path: YAML, or JSON, which is YAML too.</param>
    /// <param name="guide">The document that describes the keys, for errors.</param>
    /// <exception cref="KindredException">The file cannot be read, or is no map of texts and lists of texts.</exception>
    public static IReadOnlyList<OptionSetting> Read(string file, string guide)
    {
        var root = new SettingsFile(file, guide).Load("train.yaml", "population: population");
        return [.. root.Keys.Select(key => new OptionSetting(key, root.Texts(key) ?? [], problem => root.Error(key, problem)))];
    }
}

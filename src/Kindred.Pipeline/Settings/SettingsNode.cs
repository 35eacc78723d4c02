using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Kindred.Pipeline.Settings;

/// <summary>A map of a settings file: returns values by key, and reports errors with their position.</summary>
internal sealed class SettingsNode
{
    private readonly SettingsFile _file;
    private readonly string _path;
    private readonly YamlMappingNode _map;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public SettingsNode(SettingsFile file, string path, YamlMappingNode map)
    {
        (_file, _path, _map) = (file, path, map);
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name }) throw Error(key, "a key must be a text");
            if (name.Contains('\0') || Holds(value, '\0'))
            {
                throw Error(key, $"'{Name(name)}' has a NUL character, which names and paths cannot contain");
            }

            // YAML treats keys with different tags as different.
            if (!_entries.TryAdd(name, (key, value))) throw Error(key, $"'{Name(name)}' occurs twice");
        }
    }

    /// <summary>The existing keys.</summary>
    public IEnumerable<string> Keys => _entries.Keys;

    public bool Has(string key) => Find(key) is not null;

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } text } => text,
        var other => throw Error(other, $"'{Name(key)}' must be a text"),
    };

    public string RequiredText(string key) => Text(key) ?? throw Missing(key);

    /// <summary>Reads a text or a list of texts; null if missing.</summary>
    public IReadOnlyList<string>? Texts(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: "" } => [],
        YamlScalarNode { Value: { } text } => [text],
        YamlSequenceNode list => [.. list.Children.Select(child => child is YamlScalarNode { Value: { Length: > 0 } text }
            ? text : throw Error(child, $"'{Name(key)}' must be a list of texts"))],
        var other => throw Error(other, $"'{Name(key)}' must be a text or a list of texts"),
    };

    /// <summary>Reads the items of a list, each a text or a map; a single text or map is a list of one. Null if missing.</summary>
    public IReadOnlyList<SettingsItem>? Items(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: "" } => [],
        YamlSequenceNode list => [.. list.Children.Select((child, i) => Item(child, $"{Name(key)}[{i + 1}]"))],
        var one => [Item(one, Name(key))],
    };

    private SettingsItem Item(YamlNode node, string path) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => new SettingsItem(text, null, problem => Error(node, problem)),
        YamlMappingNode map => new SettingsItem(null, new SettingsNode(_file, path, map), problem => Error(node, problem)),
        _ => throw Error(node, $"'{path}' must be a text or a map of keys and values"),
    };

    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Error(key, $"'{Name(key)}' is '{text}'; it must be true or false"),
    };

    public T? Number<T>(string key)
        where T : struct, IParsable<T>
    {
        if (Text(key) is not { } text) return null;
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
            : throw Error(key, $"'{Name(key)}' is '{text}'; it must be a " +
                $"{(typeof(T) == typeof(double) ? "number such as 0.95" : "whole number such as 1000, without separators")}");
    }

    public string? Choice(string key, params string[] choices) => Text(key) switch
    {
        null => null,
        var text when choices.Contains(text) => text,
        var text => throw Error(key, $"'{Name(key)}' is '{text}'; it must be one of {string.Join(", ", choices)}"),
    };

    public SettingsNode? Map(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: "" } => null,
        YamlMappingNode map => new SettingsNode(_file, Name(key), map),
        var other => throw Error(other, $"'{Name(key)}' must be a map of keys and values"),
    };

    /// <summary>Returns true if the value of a key is a map.</summary>
    public bool IsMap(string key) => Find(key) is YamlMappingNode;

    /// <summary>Throws if there is a key that is none of these, before any of them is missed: a misspelt key is why another one is
    /// missing.</summary>
    public void RequireKnown(params ReadOnlySpan<string> keys)
    {
        var read = _known.ToArray();
        foreach (var key in keys) _known.Add(key);
        RequireNothingElse();
        _known.Clear();
        _known.UnionWith(read);
    }

    /// <summary>Throws if there is a key that was not read.</summary>
    public void RequireNothingElse()
    {
        foreach (var (name, (key, _)) in _entries)
        {
            if (_known.Contains(name)) continue;
            var nearest = _known.OrderBy(known => Distance(known, name)).FirstOrDefault();
            var hint = nearest is not null && Distance(nearest, name) <= 3
                ? $" Did you mean '{nearest}'?"
                : $" Known settings are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.";
            throw Error(key, $"there is no setting '{Name(name)}'", hint);
        }
    }

    public KindredException Error(string key, string problem) =>
        Error(_entries.TryGetValue(key, out var entry) ? entry.Value : _map, problem);

    public KindredException Missing(string key) => Error(_map, $"the setting '{Name(key)}' is missing");

    private KindredException Error(YamlNode at, string problem, string hint = "") => new(ErrorKind.Usage, "setting_wrong",
        $"{_file.Path}, line {at.Start.Line}, column {at.Start.Column}: {problem}.{hint}", $"See {_file.Guide} for every setting.");

    /// <summary>Returns a key with the keys of the maps around it, as shown in errors.</summary>
    public string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static bool Holds(YamlNode node, char letter) => node switch
    {
        YamlScalarNode { Value: { } text } => text.Contains(letter),
        YamlSequenceNode list => list.Children.Any(child => child is YamlScalarNode { Value: { } text } && text.Contains(letter)),
        _ => false,
    };

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _entries.TryGetValue(key, out var entry) && entry.Value is not YamlScalarNode { Value: null or "null" or "~", Style: YamlDotNet.Core.ScalarStyle.Plain } ? entry.Value : null;
    }

    /// <summary>Returns the number of letters to insert, delete or change to turn one text into the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var before = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1));
                (before, row[j]) = (row[j], best);
            }
        }

        return row[^1];
    }
}

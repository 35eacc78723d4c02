using System.Text.Json;

namespace Kindred.Data.Tables;

/// <summary>The keys of the first objects of JSON lines, which are the columns of the table.</summary>
internal sealed class JsonLineKeys
{
    /// <summary>Maximum lines that are read for keys, as far as they fit into the buffer of lines.</summary>
    public const int MostLines = 1000;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nested = new(StringComparer.Ordinal);

    /// <param name="lines">The first lines.</param>
    public JsonLineKeys(ReadOnlySpan<byte> lines)
    {
        for (var i = 0; i < MostLines && !lines.IsEmpty; i++)
        {
            var end = lines.IndexOf((byte)'\n');
            try
            {
                Add(new Utf8JsonReader(end < 0 ? lines : lines[..end]));
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                // The reader of the line reports the problem.
            }

            lines = end < 0 ? [] : lines[(end + 1)..];
        }
    }

    /// <summary>The keys in the order of appearance.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of each key.</summary>
    public Dictionary<string, int> Numbers => _numbers;

    /// <summary>Keys whose values are lists.</summary>
    public IReadOnlyList<string> Lists => [.. _names.Where(_lists.Contains)];

    /// <summary>Tells whether a value of the key is a list or an object.</summary>
    public bool IsNested(string name) => _nested.Contains(name);

    private void Add(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (_numbers.TryAdd(name, _names.Count)) _names.Add(name);
            if (reader.TokenType == JsonTokenType.StartArray) _lists.Add(name);
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) _nested.Add(name);
            reader.Skip();
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Kindred.Data.Streams;

namespace Kindred.Data.Tables;

/// <summary>JSON lines: one object per line, UTF-8. The keys of the first lines are the columns; a missing key or null is an empty
/// value.</summary>
internal sealed class JsonLinesTable : TableReader
{
    private const string OneALine = "Write one whole object per line, as `jq -c .` does; a file that was cut off ends like this too";

    private readonly FileStream? _raw;
    private readonly LineBuffer _lines;
    private readonly JsonLineKeys _keys;
    private readonly byte[][] _names;
    private readonly bool[] _wanted;
    private readonly long[] _seen;
    private readonly (int Start, int Length)[] _values;
    private readonly List<string> _missed = [];
    private byte[] _text = new byte[1 << 10];
    private int _used;
    private float[] _numbers = [];
    private int _numberCount;
    private int _list = -1;

    private JsonLinesTable(string file, FileStream? raw, LineBuffer lines, JsonLineKeys keys)
        : base(file, keys.Names)
    {
        (_raw, _lines, _keys) = (raw, lines, keys);
        _names = [.. keys.Names.Select(Encoding.UTF8.GetBytes)];
        _wanted = new bool[_names.Length];
        _seen = new long[_names.Length];
        _values = new (int, int)[_names.Length];
    }

    // The length of a pipe is unknown.
    public override double Progress => _raw is null ? 0 : _raw.Length == 0 ? 1 : (double)_raw.Position / _raw.Length;

    public override IReadOnlyList<string> ListColumns => _keys.Lists;

    public override ReadOnlySpan<float> List => _list < 0 ? base.List : _seen[_list] == Line ? _numbers.AsSpan(0, _numberCount) : [];

    protected internal override string LineName => "line";

    /// <summary>Tells whether a text is JSON lines, or a JSON list of objects, which people mistake for them: no header begins like
    /// that.</summary>
    /// <param name="start">Its first bytes.</param>
    public static bool Is(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) start = start[3..];
        start = start.TrimStart(" \t\r\n"u8);
        return start is [(byte)'{', ..] || (start is [(byte)'[', ..] && start[1..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..]);
    }

    /// <param name="file">The file.</param>
    /// <param name="gzip">True if it is compressed.</param>
    public static JsonLinesTable OpenFile(string file, bool gzip)
    {
        var (raw, text) = TableFile.OpenText(file, gzip);
        return Open(file, raw, text);
    }

    /// <summary>Opens a stream that can be read only once.</summary>
    /// <param name="name">Its name in errors.</param>
    /// <param name="text">At its beginning.</param>
    public static JsonLinesTable OpenStream(string name, Stream text) => Open(name, null, text);

    public override bool CanRead(string column) => base.CanRead(column) && !_keys.IsNested(column);

    public override void SelectList(string column) => _list = _keys.Numbers[column];

    public override bool Read()
    {
        try
        {
            while (_lines.TryRead(out var line))
            {
                Line++;
                if (!line.Trim(" \t\r"u8).IsEmpty)
                {
                    Parse(line);
                    return true;
                }

                Cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (IOException error)
        {
            throw Errors.BadFile("file_not_readable", File, $"reading failed after line {Line} ({error.Message})",
                "Check the disk and try again", error);
        }

        return !_lines.IsTooLong ? false : throw Errors.BadLine("row_too_long", File, Line + 1,
            FormattableString.Invariant($"the line is longer than {LineBuffer.Most:N0} bytes"),
            "Write one object per line; if all of them are on one line, `jq -c .` puts each on its own");
    }

    public override ReadOnlySpan<byte> Utf8(int column)
    {
        if (!_wanted[column]) throw new InvalidOperationException($"The values of '{Columns[column]}' were not asked for.");
        return _seen[column] == Line ? _text.AsSpan(_values[column].Start, _values[column].Length) : [];
    }

    protected internal override void Select(int column) => _wanted[column] = true;

    protected internal override KindredException Missing(string column) => Errors.MissingKey(File, column, Columns);

    protected internal override void NotFound(string column) => _missed.Add(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _lines.Dispose();
    }

    private static JsonLinesTable Open(string name, FileStream? raw, Stream text)
    {
        try
        {
            var lines = new LineBuffer(text);
            var table = new JsonLinesTable(name, raw, lines, new JsonLineKeys(lines.LookAhead()));
            // If no line is good, the problem of the first one says more than a missing column.
            if (table.Columns.Count == 0) table.Read();
            return table;
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        if (!System.Text.Unicode.Utf8.IsValid(line))
        {
            throw Bad("the text is not UTF-8", "Save the file as UTF-8 (it may be Latin-1, UTF-16 or not text at all)");
        }

        if (_text.Length < line.Length) _text = new byte[Math.Max(line.Length, 2 * _text.Length)];
        (_used, _numberCount) = (0, 0);
        var reader = new Utf8JsonReader(line);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                throw Bad("the line is a list, not an object", "Write one object per line: `jq -c '.[]'` makes them from a list");
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Bad("the line is not an object, as in {\"user_id\": \"u1\"}", OneALine);
            }

            var expected = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var column = ColumnOf(ref reader, expected);
                expected = column + 1;
                reader.Read();
                Take(ref reader, column);
            }

            reader.Read();
        }
        catch (JsonException error)
        {
            // The parser counts lines of its own.
            var problem = error.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw Bad(FormattableString.Invariant($"this is not JSON from byte {error.BytePositionInLine + 1:N0} on ({problem})"),
                OneALine);
        }
        catch (InvalidOperationException)
        {
            throw Bad(
                FormattableString.Invariant($"the text at byte {reader.TokenStartIndex + 1:N0} has half of a character as \\u escape"),
                "Write both halves of the pair, or the character itself in UTF-8");
        }
    }

    private int ColumnOf(ref Utf8JsonReader reader, int expected)
    {
        // Most objects have the same keys in the same order.
        var column = expected < _names.Length && reader.ValueTextEquals(_names[expected])
            ? expected
            : _keys.Numbers.GetValueOrDefault(reader.GetString()!, -1);
        if (column < 0)
        {
            foreach (var name in _missed)
            {
                if (reader.ValueTextEquals(name)) throw Late(name);
            }

            return -1;
        }

        if (_seen[column] == Line)
        {
            throw Bad($"the key '{Columns[column]}' is there twice", "Leave one of the two values out", Columns[column]);
        }

        _seen[column] = Line;
        _values[column] = default;
        return column;
    }

    private void Take(ref Utf8JsonReader reader, int column)
    {
        if (column >= 0 && column == _list && reader.TokenType == JsonTokenType.StartArray) TakeList(ref reader, column);
        else if (column < 0 || !_wanted[column]) reader.Skip();
        else
        {
            var start = _used;
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    _used += reader.CopyString(_text.AsSpan(_used));
                    break;
                case JsonTokenType.Number:
                    reader.ValueSpan.CopyTo(_text.AsSpan(_used));
                    _used += reader.ValueSpan.Length;
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    // Readable both as a flag and as a number.
                    _text[_used++] = reader.TokenType == JsonTokenType.True ? (byte)'1' : (byte)'0';
                    break;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    var found = reader.TokenType == JsonTokenType.StartArray ? "a list" : "an object";
                    throw Bad($"the value is {found}, not a text or a number", "Give its contents keys of their own, or leave the key out",
                        Columns[column]);
            }

            _values[column] = (start, _used - start);
        }
    }

    private void TakeList(ref Utf8JsonReader reader, int column)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_numberCount == _numbers.Length) Array.Resize(ref _numbers, Math.Max(64, 2 * _numbers.Length));
            if (reader.TokenType == JsonTokenType.Null) _numbers[_numberCount++] = float.NaN;
            else if (reader.TokenType == JsonTokenType.Number)
                _numbers[_numberCount++] = float.Parse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
            else throw Bad($"number {_numberCount + 1} of the list is not a number", "Lists hold numbers only, as in [0.5, -1]",
                Columns[column]);
        }
    }

    private KindredException Late(string key) => Errors.BadFile("late_key", File, FormattableString.Invariant(
        $"line {Line}: the key '{key}' comes up here first, but the columns are decided by ") +
        FormattableString.Invariant($"the first {JsonLineKeys.MostLines:N0} lines or {LineBuffer.Most:N0} bytes"),
        "Write it in the first line too, as null if there is no value");

    private RowException Bad(string problem, string advice, string? column = null) =>
        new(RowProblem.BadJson, File, Line, column, $"{Place}{(column is null ? "" : $", column '{column}'")}: {problem}.", $"{advice}.")
        {
            Values = new Dictionary<string, object?> { ["file"] = File, ["line"] = Line, ["column"] = column },
        };
}

using System.Text;
using Kindred.Data.Streams;

namespace Kindred.Data.Tables;

/// <summary>Values between tabs with a header line, UTF-8.</summary>
/// <remarks>Databases write such files without quotes (MySQL, PostgreSQL's COPY, Hive), where a quote is a character of the value, and
/// spreadsheets and data frames with the quotes of CSV. So a value is quoted if its quotes open and close between two tabs; a row that does
/// not have the header's number of values is read again by the rules of CSV, where a quoted value may hold tabs and line breaks.</remarks>
internal sealed class TabTable : TableReader
{
    // A quoted value over more lines is a quote that is never closed.
    private const int MostLines = 1_000;

    private readonly FileStream? _raw;
    private readonly LineBuffer _lines;
    private readonly List<Value> _values = [];
    private readonly byte[][] _names;
    private byte[] _row = new byte[1 << 10];
    private byte[] _scratch = new byte[256];
    private long _nextLine;
    private bool _noted;

    private TabTable(string file, FileStream? raw, LineBuffer lines, IReadOnlyList<string> columns, int headerLine)
        : base(file, columns)
    {
        (_raw, _lines, HeaderLine) = (raw, lines, headerLine);
        _names = [.. columns.Select(Encoding.UTF8.GetBytes)];
        Line = headerLine;
        _nextLine = headerLine + 1;
    }

    // The length of a pipe is unknown.
    public override double Progress => _raw is null ? 0 : _raw.Length == 0 ? 1 : (double)_raw.Position / _raw.Length;

    protected internal override string LineName => "line";

    protected internal override long HeaderLine { get; }

    /// <param name="file">The file.</param>
    /// <param name="raw">Its compressed or plain bytes, for progress; null for a pipe.</param>
    /// <param name="text">Its text, at the beginning.</param>
    /// <param name="head">Its first lines.</param>
    public static TabTable Open(string file, FileStream? raw, Stream text, CsvHead head)
    {
        var lines = new LineBuffer(text);
        ReadOnlySpan<byte> header = default;
        for (var line = 1; line <= head.HeaderLine && lines.TryRead(out header); line++)
        {
            if (line == 1 && header.StartsWith(Mark)) header = header[Mark.Length..];
        }

        var values = new List<Value>();
        header = WithoutReturn(header);
        Split(header, values, byTabs: true);
        var columns = new string[values.Count];
        var scratch = new byte[header.Length];
        for (var i = 0; i < columns.Length; i++) columns[i] = Encoding.UTF8.GetString(Read(header, values[i], ref scratch));
        return new TabTable(file, raw, lines, columns, head.HeaderLine);
    }

    public override bool Read()
    {
        try
        {
            while (_lines.TryRead(out var line))
            {
                Line = _nextLine++;
                line = WithoutReturn(line);
                if (line.IsEmpty)
                {
                    Cancellation.ThrowIfCancellationRequested();
                    continue;
                }

                Take(line);
                return true;
            }
        }
        catch (IOException error)
        {
            throw Errors.BadFile("file_not_readable", File, $"reading failed after line {Line} ({error.Message})",
                "Check the disk and try again", error);
        }

        return !_lines.IsTooLong ? false : throw Errors.BadLine("row_too_long", File, Line + 1,
            FormattableString.Invariant($"the line is longer than {LineBuffer.Most:N0} bytes"),
            "Check that the file has line breaks, or whether it is text at all");
    }

    public override ReadOnlySpan<byte> Utf8(int column) => Read(_row, _values[column], ref _scratch);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _lines.Dispose();
    }

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.. var rest, (byte)'\r'] ? rest : line;

    private void Take(ReadOnlySpan<byte> line)
    {
        Split(line, _values, byTabs: true);
        var found = _values.Count;
        if (found != Columns.Count)
        {
            line = ByQuotes(line, out var lineBreaks);
            if (_values.Count != Columns.Count) throw Delimited.Ragged(this, found);
            _nextLine += lineBreaks;
            if (lineBreaks >= Delimited.NotedLines) NoteLongValue(line);
        }

        if (!System.Text.Unicode.Utf8.IsValid(line))
        {
            throw Errors.BadLine("not_utf8", File, Line, "the text is not UTF-8",
                "Save the file as UTF-8 (it may be Latin-1, UTF-16 or not text at all)");
        }

        if (line.Length > _row.Length) _row = new byte[2 * line.Length];
        line.CopyTo(_row);
        if (RepeatsHeader()) throw Delimited.RepeatedHeader(this);
    }

    /// <summary>Splits a row by the rules of CSV, with the next lines as long as a quoted value is open.</summary>
    /// <returns>The row; if it still has another number of values, its first line.</returns>
    private ReadOnlySpan<byte> ByQuotes(ReadOnlySpan<byte> line, out int lineBreaks)
    {
        lineBreaks = 0;
        while (true)
        {
            var closed = Split(line, _values, byTabs: false);
            if (closed && _values.Count == Columns.Count) return line;
            if (!closed && _values.Count <= Columns.Count && lineBreaks < MostLines && _lines.TryExtend(out var more))
            {
                line = WithoutReturn(more);
                lineBreaks++;
                continue;
            }

            lineBreaks = 0;
            _values.Clear();
            return WithoutReturn(_lines.Retract());
        }
    }

    private void NoteLongValue(ReadOnlySpan<byte> row)
    {
        if (_noted) return;
        _noted = true;
        var (longest, most) = (0, -1);
        for (var i = 0; i < _values.Count; i++)
        {
            var breaks = row.Slice(_values[i].Start, _values[i].Length).Count((byte)'\n');
            if (breaks > most) (longest, most) = (i, breaks);
        }

        Rules.Note?.Invoke(Delimited.LongValue(this, Columns[longest], _nextLine - 1));
    }

    private bool RepeatsHeader()
    {
        // Files that are joined may begin with a byte order mark each.
        for (var i = 0; i < _names.Length; i++)
        {
            var value = Utf8(i);
            if (i == 0 && value.StartsWith(Mark)) value = value[Mark.Length..];
            if (!value.SequenceEqual(_names[i])) return false;
        }

        return true;
    }

    /// <summary>Finds the values of a row.</summary>
    /// <param name="row">The row without its line end.</param>
    /// <param name="values">Receives them.</param>
    /// <param name="byTabs">True if every tab ends a value, also between quotes.</param>
    /// <returns>False if a quoted value is not closed.</returns>
    private static bool Split(ReadOnlySpan<byte> row, List<Value> values, bool byTabs)
    {
        values.Clear();
        for (var start = 0; ;)
        {
            var rest = row[start..];
            var tab = rest.IndexOf((byte)'\t');
            var length = tab < 0 ? rest.Length : tab;
            var quoted = rest is [(byte)'"', ..];
            if (quoted && byTabs) quoted = QuotedLength(rest[..length]) == length;
            else if (quoted)
            {
                length = QuotedLength(rest);
                // What follows the closing quote belongs to no value of CSV.
                if (length < 0 || (length < rest.Length && rest[length] != '\t'))
                {
                    values.Add(default);
                    return length >= 0;
                }
            }

            values.Add(new Value(start, length, quoted));
            start += length + 1;
            if (start > row.Length) return true;
        }
    }

    /// <summary>The length of the quoted value at the beginning of a text, with its quotes; −1 if it is not closed.</summary>
    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var at = 1; ;)
        {
            var quote = text[at..].IndexOf((byte)'"');
            if (quote < 0) return -1;
            at += quote + 1;
            if (at == text.Length || text[at] != '"') return at;
            at++;
        }
    }

    private static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> row, Value value, ref byte[] scratch)
    {
        var text = row.Slice(value.Start, value.Length);
        if (!value.IsQuoted) return text;
        text = text[1..^1];
        if (!text.Contains((byte)'"')) return text;
        if (text.Length > scratch.Length) scratch = new byte[2 * text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            scratch[length++] = text[i];
            if (text[i] == '"') i++;
        }

        return scratch.AsSpan(0, length);
    }

    private readonly record struct Value(int Start, int Length, bool IsQuoted);
}

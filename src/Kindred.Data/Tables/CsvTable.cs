using System.Text;
using Kindred.Data.Streams;
using Sylvan.Data.Csv;

namespace Kindred.Data.Tables;

/// <summary>CSV (RFC 4180) with a header line, UTF-8, separated by commas, tabs or semicolons.</summary>
internal sealed class CsvTable : TableReader
{
    // The reader drops rows that start with its comment character and cannot be configured to have none. The second half of a
    // surrogate pair never starts a row of well-formed text.
    private const char NoComment = '\uDC00';

    private readonly FileStream? _raw;
    private readonly CsvDataReader _csv;
    private readonly bool _gzip;
    private byte[] _scratch = new byte[512];
    private long _nextLine;
    private bool _noted;

    private CsvTable(string file, bool gzip, FileStream? raw, CsvDataReader csv, CsvHead head, string? only)
        : base(file, only is not null ? [only] : [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetName)])
    {
        _raw = raw;
        _csv = csv;
        _gzip = gzip;
        HeaderLine = head.HeaderLine;
        Line = only is null ? head.HeaderLine : head.HeaderLine - 1;
        _nextLine = Line + 1;
    }

    // The length of a pipe is unknown.
    public override double Progress => _raw is null ? 0 : _raw.Length == 0 ? 1 : (double)_raw.Position / _raw.Length;

    protected internal override string LineName => "line";

    protected internal override long HeaderLine { get; }

    /// <param name="file">The file.</param>
    /// <param name="gzip">True if it is compressed.</param>
    /// <param name="only">The name of the only column where there is no header.</param>
    public static TableReader OpenFile(string file, bool gzip, string? only = null)
    {
        var head = default(CsvHead);
        try
        {
            head = CsvHead.Read(file, TableFile.OpenText(file, gzip).Text);
            var (raw, text) = TableFile.OpenText(file, gzip);
            try
            {
                if (head.IsTabs) return TabTable.Open(file, raw, text, head);
                return new CsvTable(file, gzip, raw, Create(text, head, only), head, only);
            }
            catch
            {
                text.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is CsvFormatException or DecoderFallbackException)
        {
            throw Damaged(file, FirstBadLine(file, gzip, error), LineOf(head, error), error);
        }
    }

    /// <summary>Opens a stream that can be read only once.</summary>
    /// <param name="name">Its name in errors.</param>
    /// <param name="stream">At its beginning.</param>
    /// <param name="gzip">True if it is compressed.</param>
    /// <param name="rule">The rule for lists without a header.</param>
    public static TableReader OpenStream(string name, RewindableStream stream, bool gzip, HeaderRule rule)
    {
        var head = default(CsvHead);
        try
        {
            head = CsvHead.Read(name, Text());
            if (head.IsTabs)
            {
                var text = Text();
                stream.GoOn();
                return TabTable.Open(name, null, text, head);
            }

            var table = new CsvTable(name, gzip, null, Create(Text(), head, only: null), head, null);
            if (rule.IsMissing(table.Columns))
            {
                table.Dispose();
                table = new CsvTable(name, gzip, null, Create(Text(), head, rule.Ids), head, rule.Ids);
            }

            stream.GoOn();
            return table;
        }
        catch (Exception error) when (error is CsvFormatException or DecoderFallbackException)
        {
            throw Damaged(name, 1, LineOf(head, error), error);
        }

        Stream Text()
        {
            stream.Rewind();
            return gzip ? new GzipTextStream(stream, name) : stream;
        }
    }

    public override bool Read()
    {
        try
        {
            while (_csv.Read())
            {
                Line = _nextLine;
                // A quoted value may span lines; an error should name the line that an editor shows.
                var record = _csv.GetRawRecordSpan();
                var lineEnds = LineEnds(record.TrimEnd("\r\n"));
                _nextLine += 1 + lineEnds;
                if (lineEnds >= Delimited.NotedLines) NoteLongValue();
                if (_csv.RowFieldCount == Columns.Count && !(Columns.Count == 1 && IsBlank(record)))
                {
                    return !(MayRepeatHeader(record) && RepeatsHeader()) ? true : throw Delimited.RepeatedHeader(this);
                }

                if (!IsBlank(record)) throw Delimited.Ragged(this, _csv.RowFieldCount);
                Cancellation.ThrowIfCancellationRequested();
            }

            return false;
        }
        catch (Exception error) when (error is CsvFormatException or DecoderFallbackException)
        {
            throw Damaged(File, _raw is null ? _nextLine : FirstBadLine(File, _gzip, error), _nextLine, error);
        }
        catch (IOException error)
        {
            throw Errors.BadFile("file_not_readable", File, $"reading failed after line {Line} ({error.Message})",
                "Check the disk and try again", error);
        }
    }

    public override ReadOnlySpan<byte> Utf8(int column)
    {
        var text = _csv.GetFieldSpan(column);
        if (text.Length * 3 > _scratch.Length) _scratch = new byte[text.Length * 3];
        return _scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, _scratch));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _csv.Dispose();
    }

    private static bool IsBlank(ReadOnlySpan<char> record) => record.TrimEnd("\r\n").IsEmpty;

    // Line ends of Unix and Windows, and a carriage return alone.
    private static int LineEnds(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");

    // Finding the values costs more than looking at the row's beginning.
    private bool MayRepeatHeader(ReadOnlySpan<char> record) => record[0] is '"' or '\uFEFF' || record.StartsWith(Columns[0]);

    private bool RepeatsHeader()
    {
        // Files that are joined may begin with a byte order mark each.
        for (var i = 0; i < Columns.Count; i++)
        {
            var value = _csv.GetFieldSpan(i);
            if (!(i == 0 ? value.TrimStart('\uFEFF') : value).SequenceEqual(Columns[i])) return false;
        }

        return true;
    }

    private void NoteLongValue()
    {
        if (_noted) return;
        _noted = true;
        var longest = Enumerable.Range(0, Math.Min(_csv.RowFieldCount, Columns.Count)).MaxBy(i => _csv.GetFieldSpan(i).Count('\n'));
        Rules.Note?.Invoke(Delimited.LongValue(this, Columns[longest], _nextLine - 1));
    }

    private static CsvDataReader Create(Stream text, CsvHead head, string? only)
    {
        var reader = new StreamReader(text, TableFile.StrictUtf8, false, 1 << 16);
        for (var line = 1; line < head.HeaderLine; line++) reader.ReadLine();
        return CsvDataReader.Create(reader, new CsvDataReaderOptions
        {
            Delimiter = head.Delimiter,
            Comment = NoComment,
            HasHeaders = only is null,
            OwnsReader = true,
            BufferSize = 1 << 16,
            MaxBufferSize = CsvHead.MostCharacters,
        });
    }

    // The first row is read along with the header.
    private static int LineOf(CsvHead head, Exception error) =>
        head.HeaderEnds && error is CsvRecordTooLargeException ? head.HeaderLine + 1 : Math.Max(head.HeaderLine, 1);

    private static long FirstBadLine(string file, bool gzip, Exception error) =>
        error is DecoderFallbackException ? Utf8Check.FirstBadLine(file, gzip) : 0;

    private static KindredException Damaged(string file, long badLine, long line, Exception error) => error switch
    {
        DecoderFallbackException => Errors.BadLine("not_utf8", file, badLine,
            "the text is not UTF-8", "Save the file as UTF-8 (it may be Latin-1, UTF-16 or not text at all)", error),
        CsvRecordTooLargeException => Errors.BadLine("row_too_long", file, line,
            "a row has more than a million characters",
            "A quote that is never closed is the usual cause: close it, or double the quotes inside values; or the file is not text at all",
            error),
        _ => Errors.BadLine("bad_quoting", file, line, $"the quoting is wrong ({error.Message.TrimEnd('.')})",
            "Quote a value as a whole and double the quotes inside it: \"a \"\"b\"\" c\"", error),
    };
}

using System.Globalization;
using Kindred.Data.Batches;
using Kindred.Data.Values;
using Kindred.Ids;
using Kindred.Populations;

namespace Kindred.Data.Tables;

/// <summary>Reads one table row by row: CSV, JSON lines (both also gzip-compressed) or Parquet, recognised by content.</summary>
/// <remarks>Needs the memory of a buffer, for a file of any size. Columns are found by name before the first <see cref="Read"/>;
/// values are those of the current row. Every error is a <see cref="KindredException"/> that says where and what to do.</remarks>
public abstract class TableReader : IDisposable
{
    private readonly List<int> _ids = [];
    private byte[] _id = new byte[256];

    /// <summary>Creates a reader of <paramref name="file"/> with the given header.</summary>
    protected TableReader(string file, IReadOnlyList<string> columns)
    {
        File = file;
        Columns = columns;
    }

    /// <summary>The file, as it was named by the caller.</summary>
    public string File { get; }

    /// <summary>Column names in the order of the file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The place of the current row: the 1-based line of a text at which it starts, the 1-based row of a Parquet file.</summary>
    public long Line { get; protected set; }

    /// <summary>The share of the file that has been read, from 0 to 1, for showing progress.</summary>
    public abstract double Progress { get; }

    /// <summary>Stops reading, also while many lines without a row are skipped.</summary>
    internal CancellationToken Cancellation { get; set; }

    /// <summary>How the values are written.</summary>
    public TableRules Rules { get; internal set; } = TableRules.Usual;

    /// <summary>The unit of <see cref="Line"/>: "line" or "row".</summary>
    protected internal abstract string LineName { get; }

    /// <summary>The 1-based line of the header, for errors.</summary>
    protected internal virtual long HeaderLine => 1;

    /// <summary>Opens a file.</summary>
    /// <exception cref="KindredException">The file is missing, a folder, empty, unreadable, or not in one of the formats.</exception>
    public static TableReader Open(string file) => TableFile.Open(file);

    /// <summary>Opens a file, or standard input, that may be a list of ids without a header: one column whose first line is not the
    /// column's name.</summary>
    /// <param name="file">The file, or <see cref="StandardInput.Name"/>.</param>
    /// <param name="column">The name of the column of ids, which a list without a header gets.</param>
    /// <param name="cancellationToken">Stops waiting for standard input.</param>
    /// <exception cref="KindredException">As <see cref="Open(string)"/>.</exception>
    public static TableReader OpenIds(string file, string column, CancellationToken cancellationToken = default) =>
        OpenIds(file, column, TableRules.Usual, cancellationToken);

    /// <summary>Opens a file, or standard input, that may be a list of ids without a header, by rules.</summary>
    /// <exception cref="KindredException">As <see cref="Open(string)"/>.</exception>
    public static TableReader OpenIds(string file, string column, TableRules rules, CancellationToken cancellationToken = default) =>
        Open(file, HeaderRule.UnlessNamed(column), rules, cancellationToken);

    /// <summary>Opens a file, or standard input, by a rule for headers.</summary>
    internal static TableReader Open(string file, HeaderRule header, TableRules? rules, CancellationToken cancellationToken)
    {
        var table = file == StandardInput.Name ? StandardInput.Open(header, cancellationToken) : Open(file);
        if (table is CsvTable && file != StandardInput.Name && header.IsMissing(table.Columns))
        {
            table.Dispose();
            table = TableFile.Open(file, header.Ids);
        }

        table.Cancellation = cancellationToken;
        table.Rules = rules ?? TableRules.Usual;
        return table;
    }

    /// <summary>The number of a column, or −1 if the table has none of that name.</summary>
    /// <exception cref="KindredException">The header has the name twice.</exception>
    public int Find(string column)
    {
        var found = -1;
        for (var i = 0; i < Columns.Count; i++)
        {
            if (!string.Equals(Columns[i], column, StringComparison.Ordinal)) continue;
            if (found >= 0) throw Errors.DuplicateColumn(File, HeaderLine, column);
            found = i;
        }

        if (found >= 0) Select(found);
        else NotFound(column);
        return found;
    }

    /// <summary>The number of a column that must be there.</summary>
    /// <exception cref="KindredException">The table has no such column, or has it twice.</exception>
    public int Require(string column)
    {
        var found = Find(column);
        return found >= 0 ? found : throw Missing(column);
    }

    /// <summary>The number of a column of ids that must be there and be stored as text or integers.</summary>
    /// <exception cref="KindredException">The table has no such column, or its type cannot hold ids.</exception>
    public int RequireIds(string column)
    {
        var found = Require(column);
        CheckIds(found);
        _ids.Add(found);
        return found;
    }

    /// <summary>Tells whether the table has exactly one column of this name, of a type that can be read.</summary>
    public virtual bool CanRead(string column) => Columns.Count(name => string.Equals(name, column, StringComparison.Ordinal)) == 1;

    /// <summary>Reads the next row; false at the end.</summary>
    /// <exception cref="RowException">The row has another number of values than the header; the next one can be read.</exception>
    /// <exception cref="KindredException">The file is damaged.</exception>
    public abstract bool Read();

    /// <summary>A value of the current row as UTF-8, empty where there is none. Valid until the next call on this reader.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int column);

    /// <summary>The number of parts of the file that can be read independently of each other.</summary>
    internal virtual int Parts => 1;

    /// <summary>Restricts reading to one part, from its start.</summary>
    internal virtual void SelectPart(int part)
    {
        if (part != 0 || Line > HeaderLine) throw new InvalidOperationException("The only part of a text is read once, from its start.");
    }

    /// <summary>Reads the next rows into a batch. Do not mix with <see cref="Read"/>.</summary>
    /// <returns>The number of rows; 0 at the end.</returns>
    /// <exception cref="KindredException">As <see cref="Read"/>.</exception>
    internal virtual int ReadBatch(TableBatch batch)
    {
        var rows = 0;
        while (rows < TableBatch.Capacity && Read())
        {
            foreach (var (column, target) in batch.Columns) target.Set(rows, Utf8(column));
            batch.Lines[rows++] = Line;
        }

        return rows;
    }

    /// <summary>An id of the current row: 1 to 128 bytes, normalised by <see cref="Rules"/>. Valid until the next call on this
    /// reader.</summary>
    /// <exception cref="KindredException">It is missing, too long, not UTF-8, or has white space around it.</exception>
    public ReadOnlySpan<byte> Id(int column)
    {
        var id = PlainId(column);
        if (id.IsEmpty)
        {
            throw Error(column, "the id is empty", $"Give every row an id of 1 to {IdList.MaxBytes} bytes, or delete the row",
                RowProblem.EmptyId);
        }

        if (IsMissing(id))
        {
            throw Error(column, $"the id is {Shorten(id)}, which exports write where there is no value",
                "Leave such rows out of the export, or say that they are to be skipped"
                    + (IdText.IsBackslashN(id) ? "" : "; if somebody is really called so, say that such ids are kept"), RowProblem.MissingId);
        }

        CheckName(column, id, "id", "Ids", "shorten it, for example by hashing");
        return id;
    }

    /// <summary>An id of the current row as it is compared, without a check.</summary>
    internal ReadOnlySpan<byte> PlainId(int column) => Rules.Ids.Apply(Utf8(column), ref _id);

    /// <summary>Tells whether a text stands for a missing value.</summary>
    internal bool IsMissing(ReadOnlySpan<byte> value) => Rules.IsMissing(value);

    /// <summary>Tells whether the current row is to be left out, because one of its ids is missing.</summary>
    public bool IsSkipped
    {
        get
        {
            if (Rules.MissingIds != MissingIds.Skip) return false;
            foreach (var column in _ids)
            {
                var id = PlainId(column);
                if (id.IsEmpty || IsMissing(id)) return true;
            }

            return false;
        }
    }

    /// <summary>A country of the current row, kept byte for byte; empty if unknown.</summary>
    /// <exception cref="KindredException">It is too long, not UTF-8, or has white space around it.</exception>
    public ReadOnlySpan<byte> Country(int column)
    {
        var country = Utf8(column);
        if (Rules.Ids.Forms.HasFlag(IdForms.Trim)) country = IdText.Trim(country);
        if (country.IsEmpty || IsMissing(country)) return [];
        CheckName(column, country, "country", "Countries", "write its code, such as HU");
        return country;
    }

    /// <summary>A finite number of the current row.</summary>
    /// <exception cref="KindredException">It is empty, not a number, NaN or infinite.</exception>
    public double Number(int column)
    {
        if (!TryNumber(column, out var number))
        {
            throw DecimalComma.Is(Utf8(column))
                ? Error(column, DecimalComma.Problem(Utf8(column)), DecimalComma.Advice, RowProblem.DecimalComma)
                : Error(column, $"{Shorten(Utf8(column))} is not a number",
                    "Write numbers like 12 or 0.5 (a point, no thousands separators), and quote values that contain the delimiter",
                    RowProblem.NotANumber);
        }

        return double.IsFinite(number) ? number : throw Error(column, $"{Shorten(Utf8(column))} is not a finite number",
            "Delete the row, or replace the value: a division by zero or an overflow upstream is the usual cause", RowProblem.NotFinite);
    }

    /// <summary>Reads a float32 of the current row, NaN and infinities included.</summary>
    public virtual bool TrySingle(int column, out float number)
    {
        if (!Rules.DecimalComma) return float.TryParse(Utf8(column), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        var read = DecimalComma.TryParse(Utf8(column), out var value);
        number = (float)value;
        return read;
    }

    /// <summary>The names of the columns of Parquet and JSON lines whose values are lists of numbers.</summary>
    public virtual IReadOnlyList<string> ListColumns => [];

    /// <summary>Makes the lists of a column of <see cref="ListColumns"/> available from the next row on.</summary>
    /// <exception cref="KindredException">It does not hold floating-point numbers.</exception>
    public virtual void SelectList(string column) => throw new InvalidOperationException($"'{column}' is no column of lists.");

    /// <summary>The list of the current row in the column of <see cref="SelectList"/>; missing values are NaN. Valid until the next
    /// <see cref="Read"/>.</summary>
    public virtual ReadOnlySpan<float> List => throw new InvalidOperationException("No column of lists was selected.");

    /// <summary>The place of the current row for errors: the file and its line or row.</summary>
    public string Place => $"{File}, {LineName} {Line.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A point in time of the current row in unix milliseconds.</summary>
    /// <exception cref="KindredException">It is neither an ISO 8601 date or time nor unix seconds or milliseconds.</exception>
    public virtual long UnixMilliseconds(int column)
    {
        var text = Utf8(column);
        if (Rules.Timestamps is { } format)
        {
            return format.TryRead(text, out var read) ? read : throw Error(column, $"{Shorten(text)} is not of the form '{format.Name}'",
                "Check the form of points in time that was given, or write all of them in it", RowProblem.BadTime);
        }

        return Timestamp.TryParse(text, out var time) ? time : throw Error(column, $"{Shorten(text)} is not a point in time",
            Timestamp.Advice(text), RowProblem.BadTime);
    }

    /// <summary>A flag of the current row: 1 or 0, true or false, t or f, yes or no, y or n, on or off, in upper or lower case.</summary>
    /// <exception cref="KindredException">It is something else.</exception>
    public bool Flag(int column) => Flags.TryParse(Utf8(column), out var flag) ? flag
        : throw Error(column, $"{Shorten(Utf8(column))} is none of 1, 0, true, false", "Write 1 or true for yes, 0 or false for no");

    /// <summary>An error about a value of the current row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="problem">What is wrong, as the end of a sentence, without a full stop.</param>
    /// <param name="advice">What to do about it, as a sentence without a full stop.</param>
    /// <param name="kind">The kind of problem, which decides the error's code.</param>
    public KindredException Error(int column, string problem, string advice, RowProblem kind = RowProblem.BadValue) =>
        new RowException(kind, File, Line, Columns[column], $"{Place}, column '{Columns[column]}': {problem}.", $"{advice}.")
        {
            LineName = LineName,
            Values = new Dictionary<string, object?> { ["file"] = File, [LineName] = Line, ["column"] = Columns[column] },
        };

    /// <summary>Prepares a value for an error: quoted and cut to 40 characters.</summary>
    public static string Shorten(ReadOnlySpan<byte> utf8) => ShortText.Of(utf8);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Makes the values of a column available from the next row on.</summary>
    protected internal virtual void Select(int column)
    {
    }

    /// <summary>Records that a requested column is missing.</summary>
    protected internal virtual void NotFound(string column)
    {
    }

    /// <summary>The error that there is no such column.</summary>
    protected internal virtual KindredException Missing(string column) => Errors.MissingColumn(File, HeaderLine, column, Columns);

    /// <summary>Throws if the type of a column cannot hold ids.</summary>
    protected internal virtual void CheckIds(int column)
    {
    }

    /// <summary>Reads a number, NaN and infinities included.</summary>
    protected internal virtual bool TryNumber(int column, out double number) => Rules.DecimalComma
        ? DecimalComma.TryParse(Utf8(column), out number)
        : double.TryParse(Utf8(column), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private void CheckName(int column, ReadOnlySpan<byte> name, string what, string many, string shorten)
    {
        if (name.Length > IdList.MaxBytes)
        {
            throw Error(column, $"the {what} {Shorten(name)} has {name.Length:N0} bytes in UTF-8",
                $"{many} have at most {IdList.MaxBytes} bytes: {shorten}",
                RowProblem.LongId);
        }

        if (IdText.EdgeOf(name) is not { } edge) return;
        if (IdText.IsInvisible(edge))
        {
            throw Error(column, FormattableString.Invariant($"the {what} {Shorten(name)} starts or ends with U+{edge.Value:X4}, which is not seen"),
                $"{many} are compared byte for byte, so this one would match nothing: remove such characters",
                RowProblem.SpaceAroundId);
        }

        throw Error(column, $"the {what} {Shorten(name)} starts or ends with white space",
            $"{many} are compared byte for byte, so this one would match nothing: remove the white space", RowProblem.SpaceAroundId);
    }
}

namespace Kindred.Data.Tables;

/// <summary>The first lines of CSV: the delimiter, and which line is the header.</summary>
/// <param name="Delimiter">The character between values.</param>
/// <param name="HeaderLine">The 1-based line of the header: the second if the first only names the delimiter, as Excel's <c>sep=;</c>
/// does.</param>
/// <param name="HeaderEnds">True if the header ends within the length that a row may have.</param>
/// <param name="HasLoneReturns">True if lines end with a carriage return alone.</param>
internal readonly record struct CsvHead(char Delimiter, int HeaderLine, bool HeaderEnds, bool HasLoneReturns)
{
    /// <summary>True for values between tabs, with line ends that are not carriage returns alone.</summary>
    public bool IsTabs => Delimiter == '\t' && HeaderEnds && !HasLoneReturns;

    /// <summary>Maximum characters of a row.</summary>
    public const int MostCharacters = 1 << 20;

    // The reader's time for a header grows with the square of its columns.
    private const int MostColumns = 1 << 14;

    /// <summary>Reads the first lines.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="text">At its beginning; it is closed.</param>
    /// <exception cref="KindredException">There is no header, or it is not one of a table.</exception>
    public static CsvHead Read(string file, Stream text)
    {
        using var reader = new StreamReader(text, TableFile.StrictUtf8, false, 1 << 12);
        Span<char> start = stackalloc char[5];
        start = start[..reader.ReadBlock(start)];
        var named = IsDelimiterLine(start) && reader.Peek() is '\r' or '\n' or -1 ? start[4] : '\0';
        if (named != '\0') reader.ReadLine();
        var headerLine = named != '\0' ? 2 : 1;
        var header = ReadLine(reader, headerLine == 1 ? start : [], out var ends, out var returns);
        if (header.IsWhiteSpace())
        {
            var first = headerLine == 1 ? "The first line" : "The line after the one that names the delimiter";
            throw Errors.BadLine(
                "empty_header", file, headerLine, "the header line is empty",
                $"{first} must hold the names of the columns, then come the rows");
        }

        if (header.Contains('\0'))
        {
            throw Errors.BadLine("not_utf8", file, headerLine, "the text has NUL characters",
                "Save the file as UTF-8 (it may be UTF-16 without its mark, or not text at all)");
        }

        var delimiter = named != '\0' ? named : header.Contains(',') ? ',' : header.Contains('\t') ? '\t' : header.Contains(';') ? ';'
            : ',';
        return header.Count(delimiter) < MostColumns ? new CsvHead(delimiter, headerLine, ends, returns)
            : throw Errors.BadLine("too_many_columns", file, headerLine,
            $"the header has more than {MostColumns:N0} columns",
            "Leave some out, or write a column of lists to Parquet; if the file has no line breaks, write it again with them");
    }

    // A letter, digit or quote is no delimiter: such a line is a header.
    private static bool IsDelimiterLine(ReadOnlySpan<char> start) => start.Length == 5
        && start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
        && char.IsAscii(start[4]) && start[4] != '"' && (start[4] == '\t' || char.IsPunctuation(start[4]) || char.IsSymbol(start[4]));

    private static ReadOnlySpan<char> ReadLine(StreamReader reader, ReadOnlySpan<char> start, out bool ends, out bool returns)
    {
        returns = false;
        var line = new char[1 << 12];
        start.CopyTo(line);
        for (int searched = 0, used = start.Length; ;)
        {
            var end = line.AsSpan(searched, used - searched).IndexOfAny('\r', '\n');
            ends = end >= 0;
            if (ends)
            {
                var after = searched + end + 1;
                returns = line[after - 1] == '\r' && (after < used ? line[after] : reader.Peek()) != '\n';
                return line.AsSpan(0, after - 1);
            }

            searched = used;
            if (used == MostCharacters) return line;
            if (used == line.Length) Array.Resize(ref line, line.Length * 4);
            used += reader.ReadBlock(line, used, line.Length - used);
            if (used == searched) return line.AsSpan(0, used);
        }
    }
}

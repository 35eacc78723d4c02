namespace Kindred.Data.Tables;

/// <summary>Recognises files of other formats by their first bytes, for an error that says what they are.</summary>
internal static class OtherContent
{
    /// <param name="name">Its name in errors.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="compressed">True if they were inside gzip.</param>
    /// <exception cref="KindredException">It is of another format.</exception>
    public static void Refuse(string name, ReadOnlySpan<byte> start, bool compressed)
    {
        if (start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..])
        {
            throw Errors.BadFile("array_as_table", name, $"this is a NumPy array, not a table{(compressed ? ", inside gzip" : "")}",
                "Write ids one per line with np.savetxt(…, fmt='%s'), or a table as CSV or Parquet; " +
                "arrays of embeddings are imported as such");
        }

        if (Find(start) is { } content)
        {
            throw Errors.BadFile("not_a_table", name, $"this is {content.What}{(compressed ? ", inside gzip" : "")}", content.Advice);
        }

        if (start.StartsWith("PAR1"u8))
        {
            throw Errors.BadFile("not_a_table", name, "this is Parquet inside gzip, which is read from its end",
                "Decompress it with `gunzip` and give the Parquet file");
        }

        if (TableFile.IsGzip(start))
        {
            throw Errors.BadFile("not_a_table", name, "this is gzip inside gzip",
                "It was compressed twice: decompress it once with `gunzip`");
        }
    }

    private static (string What, string Advice)? Find(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] =>
            ("text in UTF-32, not UTF-8", "Save it as UTF-8, or convert it with `iconv -f UTF-32 -t UTF-8`"),
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => (
            "text in UTF-16, not UTF-8",
            "Save it as UTF-8 (in Excel as \"CSV UTF-8\", not \"Unicode Text\"), or convert it with `iconv -f UTF-16 -t UTF-8`"),
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => (
            "a ZIP archive (an Excel workbook is one), not a table",
            "Unpack it and give the table in it, or save the workbook as \"CSV UTF-8\"; gzip and Parquet are read as they are"),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => ("a workbook of an old Excel, not a table", "Save it as \"CSV UTF-8\""),
        [0x28, 0xB5, 0x2F, 0xFD, ..] =>
            ("compressed by zstd, which is not read", "Decompress it with `zstd -d`, or compress it with gzip instead"),
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] =>
            ("compressed by xz, which is not read", "Decompress it with `xz -d`, or compress it with gzip instead"),
        [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => ("a 7z archive, not a table", "Unpack it and give the table in it"),
        _ when IsBzip2(start) =>
            ("compressed by bzip2, which is not read", "Decompress it with `bzip2 -d`, or compress it with gzip instead"),
        _ when start.StartsWith("%PDF-"u8) => ("a PDF document, not a table", "Export the table as CSV from where the document was made"),
        _ when start.StartsWith("SQLite format 3\0"u8) =>
            ("a SQLite database, not a table", "Export the table with `sqlite3 -header -csv FILE \"select …\"`"),
        _ => null,
    };

    // "BZh" and a digit may start an id; the digits of π after them, which start a block, do not.
    private static bool IsBzip2(ReadOnlySpan<byte> start) =>
        start.StartsWith("BZh"u8) && start is [_, _, _, >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..];
}

using System.Text;

namespace Kindred.Data.Tables;

/// <summary>Opens a table. Its first bytes decide the format, because names of files may be wrong.</summary>
internal static class TableFile
{
    /// <param name="file">The file.</param>
    /// <param name="only">The name of the only column of a text without a header; null if there is a header.</param>
    public static TableReader Open(string file, string? only = null)
    {
        var table = OpenContent(file, only);
        return Partition.Of(file, table.Columns) is { Count: > 0 } keys ? new PartitionedTable(table, keys) : table;
    }

    private static TableReader OpenContent(string file, string? only)
    {
        try
        {
            Check(file);
            Span<byte> magic = stackalloc byte[4];
            int read;
            using (var stream = OpenStream(file))
            {
                // It is opened more than once, which a pipe does not allow.
                if (!stream.CanSeek)
                {
                    throw Errors.BadFile("not_a_file", file, "this is a pipe or a device, not a file",
                        "Write the data to a file first, or pipe it into standard input");
                }

                read = stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
            }

            if (read == 0)
            {
                throw Errors.BadFile("empty_file", file, "line 1: the file is empty",
                    "Write a header line with the names of the columns, then the rows");
            }

            if (magic[..read].SequenceEqual("PAR1"u8)) return ParquetTable.OpenFile(file);
            var gzip = IsGzip(magic[..read]);
            using var text = OpenText(file, gzip).Text;
            return IsJsonLines(file, text, gzip) ? JsonLinesTable.OpenFile(file, gzip) : CsvTable.OpenFile(file, gzip, only);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Errors.BadFile("file_not_readable", file, $"the file cannot be read ({error.Message})",
                "Check its permissions and the disk", error);
        }
    }

    /// <summary>The text of a file of CSV or JSON lines, decompressed if necessary and checked to be whole.</summary>
    public static (FileStream Raw, Stream Text) OpenText(string file, bool gzip)
    {
        var raw = OpenStream(file);
        return (raw, gzip ? new GzipTextStream(raw, file) : raw);
    }

    /// <summary>A decoder that fails on anything but UTF-8 and skips a byte order mark.</summary>
    public static Encoding StrictUtf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>Tells whether a text is JSON lines, and not CSV.</summary>
    /// <param name="name">Its name in errors.</param>
    /// <param name="text">At its beginning.</param>
    /// <param name="gzip">True if it was compressed.</param>
    /// <exception cref="KindredException">It is neither of them, to judge by its first bytes.</exception>
    public static bool IsJsonLines(string name, Stream text, bool gzip)
    {
        Span<byte> start = stackalloc byte[1 << 10];
        start = start[..text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        OtherContent.Refuse(name, start, gzip);
        return JsonLinesTable.Is(start);
    }

    public static bool IsGzip(ReadOnlySpan<byte> magic) => magic.StartsWith([(byte)0x1F, (byte)0x8B]);

    private static FileStream OpenStream(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);

    private static void Check(string file)
    {
        if (string.IsNullOrEmpty(file))
        {
            throw new KindredException(ErrorKind.Usage, "empty_file_name", "The name of an input file is empty.",
                "Give the path of a CSV, JSON lines or Parquet file.");
        }

        if (RemoteFile.Is(file)) throw RemoteFile.Refuse(file);
        if (TableFormats.Of(file) is { } format) throw TableFormats.Refuse(file, format);
        if (Directory.Exists(file))
        {
            throw InputGlob.Find(file).Count > 0
                ? Errors.BadFile("folder_as_file", file, "this is a folder, not a file", "Give one of the files in it")
                : Errors.BadFile("folder_as_file", file, $"this is a folder that {InputGlob.NothingFound(file)}",
                    "Give the files in it by name, or check the path");
        }

        if (File.Exists(file)) return;
        if (InputGlob.IsPattern(file))
        {
            throw Errors.BadFile("no_file_matches", file, $"this pattern {InputGlob.NothingFound(file)}",
                "Check the path and the pattern, in which * stands for any letters and ? for one; " +
                "a relative path starts at the current folder");
        }

        throw Errors.BadFile("file_not_found", file, "there is no such file",
            "Check the path; a relative one starts at the current folder");
    }
}

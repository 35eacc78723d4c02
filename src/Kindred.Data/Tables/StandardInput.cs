using System.Text;
using Kindred.Data.Streams;
using Kindred.Data.Values;

namespace Kindred.Data.Tables;

/// <summary>Standard input as a table: CSV or JSON lines, also gzip-compressed, recognised by content. It is read once and never
/// stored.</summary>
/// <remarks>Readers of several files take it where <see cref="Name"/> stands for a file.</remarks>
public static class StandardInput
{
    /// <summary>The name that means standard input in place of a file. A file of that name is <c>./-</c>.</summary>
    public const string Name = "-";

    /// <summary>The name of standard input in errors, and of a seed list that has no other name.</summary>
    public const string Shown = "stdin";

    /// <summary>Reads the ids of standard input as they arrive: of a column, or one per line without a header.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="rules">How the ids are written.</param>
    /// <param name="cancellationToken">Stops waiting for more.</param>
    /// <exception cref="KindredException">Standard input has no ids, or a row is wrong.</exception>
    public static IEnumerable<string> ReadIds(string column, TableRules rules, CancellationToken cancellationToken = default)
    {
        using var table = TableReader.OpenIds(Name, column, rules, cancellationToken);
        var ids = table.RequireIds(column);
        while (table.Read()) yield return Encoding.UTF8.GetString(table.Id(ids));
    }

    /// <param name="header">The rule for lists without a header.</param>
    /// <param name="cancellationToken">Stops waiting for more.</param>
    internal static TableReader Open(HeaderRule header, CancellationToken cancellationToken)
    {
        var stream = new RewindableStream(new WaitingStream(Console.OpenStandardInput(), cancellationToken));
        Span<byte> magic = stackalloc byte[4];
        var read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            throw Errors.BadFile("empty_file", Shown, "line 1: nothing came in",
                "Pipe a table in: a header line with the names of the columns, then the rows");
        }

        if (magic[..read].SequenceEqual("PAR1"u8))
        {
            throw Errors.BadFile("parquet_through_pipe", Shown,
                "this is Parquet, which is read from its end and cannot come through a pipe",
                "Write it to a file and give its name, or pipe CSV or JSON lines");
        }

        var gzip = TableFile.IsGzip(magic[..read]);
        if (!TableFile.IsJsonLines(Shown, Text(), gzip)) return CsvTable.OpenStream(Shown, stream, gzip, header);
        var text = Text();
        stream.GoOn();
        return JsonLinesTable.OpenStream(Shown, text);

        Stream Text()
        {
            stream.Rewind();
            return gzip ? new GzipTextStream(stream, Shown) : stream;
        }
    }

    /// <summary>Reads on a separate thread, so that a reader that waits for a pipe can be stopped.</summary>
    private sealed class WaitingStream(Stream stream, CancellationToken cancellationToken) : ForwardStream
    {
        private readonly byte[] _buffer = new byte[1 << 16];

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _buffer.Length);
            var reading = Task.Run(() => stream.Read(_buffer, 0, count), CancellationToken.None);
            try
            {
                reading.Wait(cancellationToken);
            }
            catch (AggregateException failed) when (failed.InnerException is IOException or UnauthorizedAccessException)
            {
                throw Errors.BadFile(
                    "file_not_readable", Shown, $"standard input cannot be read ({failed.InnerException.Message})",
                    "Check what is piped in", failed);
            }

            _buffer.AsSpan(0, reading.Result).CopyTo(buffer);
            return reading.Result;
        }
    }
}

using System.IO.Compression;
using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>A Parquet file with one column of text, user_id, of which every part can be replaced by one that lies.</summary>
internal sealed record ParquetBomb
{
    private const int Gzip = 2;
    private const int PlainEncoding = 0;

    public int Rows { get; init; } = 2;

    /// <summary>The rows that the row group claims.</summary>
    public long? GroupRows { get; init; }

    /// <summary>The header and the bytes of each page, first that of a dictionary if there is one.</summary>
    public IReadOnlyList<(byte[] Header, byte[] Body)> Pages { get; init; } = [];

    public bool HasDictionary { get; init; }

    public bool IsCompressed { get; init; }

    /// <summary>The elements of the schema, instead of the root and the column.</summary>
    public Action<ThriftBytes>? Schema { get; init; }

    /// <summary>The row groups, instead of the one.</summary>
    public Action<ThriftBytes>? Groups { get; init; }

    /// <summary>Further fields of the footer.</summary>
    public Action<ThriftBytes>? More { get; init; }

    /// <summary>A valid file with two users.</summary>
    public static ParquetBomb Valid => new() { Pages = [Page(Plain("a", "b"), 2, PlainEncoding)] };

    public byte[] Write()
    {
        var file = new MemoryStream();
        file.Write("PAR1"u8);
        foreach (var (header, body) in Pages)
        {
            file.Write(header);
            file.Write(body);
        }

        var footer = new ThriftBytes().Int32(1, 1);
        if (Schema is not null) Schema(footer);
        else footer.List(2, [root => root.Text(4, "schema").Int32(5, 1), column => column.Int32(1, 6).Int32(3, 0).Text(4, "user_id")]);
        footer.Int64(3, Rows);
        if (Groups is not null) Groups(footer);
        else footer.List(4, [Group]);
        More?.Invoke(footer);
        var bytes = footer.Stop().ToArray();
        file.Write(bytes);
        file.Write(BitConverter.GetBytes(bytes.Length));
        file.Write("PAR1"u8);
        return file.ToArray();
    }

    /// <summary>The row group of the pages.</summary>
    public void Group(ThriftBytes group) => group.List(1, [Chunk]).Int64(2, Length).Int64(3, GroupRows ?? Rows);

    private long Length => Pages.Sum(page => (long)page.Header.Length + page.Body.Length);

    private void Chunk(ThriftBytes chunk) => chunk.Int64(2, 4).Struct(3, pages =>
    {
        pages.Int32(1, 6).Numbers(2, PlainEncoding, 8, 7).Texts(3, "user_id").Int32(4, IsCompressed ? Gzip : 0).Int64(5, GroupRows ?? Rows)
            .Int64(6, Length).Int64(7, Length).Int64(9, 4 + (HasDictionary ? Pages[0].Header.Length + Pages[0].Body.Length : 0));
        if (HasDictionary) pages.Int64(11, 4);
    });

    /// <summary>A data page.</summary>
    /// <param name="body">Its bytes in the file.</param>
    /// <param name="values">The values that it claims.</param>
    /// <param name="encoding">How they are stored.</param>
    /// <param name="claimed">The bytes that it claims to be when decompressed.</param>
    /// <param name="statistics">Bytes of statistics in its header.</param>
    public static (byte[] Header, byte[] Body) Page(byte[] body, int values, int encoding, int? claimed = null, int statistics = 0)
    {
        var header = new ThriftBytes().Int32(1, 0).Int32(2, claimed ?? body.Length).Int32(3, body.Length).Struct(5, page =>
        {
            page.Int32(1, values).Int32(2, encoding).Int32(3, 3).Int32(4, 3);
            if (statistics > 0) page.Struct(5, least => least.Text(2, new string('a', statistics)));
        });
        return (header.Stop().ToArray(), body);
    }

    /// <summary>A page of a dictionary.</summary>
    public static (byte[] Header, byte[] Body) Dictionary(byte[] body, int values, int? claimed = null) =>
        (new ThriftBytes().Int32(1, 2).Int32(2, claimed ?? body.Length).Int32(3, body.Length)
            .Struct(7, page => page.Int32(1, values).Int32(2, PlainEncoding)).Stop().ToArray(), body);

    /// <summary>Texts, each after its length.</summary>
    public static byte[] Plain(params string[] texts) =>
        [.. texts.SelectMany(text => (byte[])[.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)])];

    /// <summary>Zeros that are compressed to a thousandth.</summary>
    public static byte[] Zeros(long count)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var left = count; left > 0; left -= zeros.Length) gzip.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }

        return bytes.ToArray();
    }

    /// <summary>Integers as differences, in blocks of 128 (DELTA_BINARY_PACKED).</summary>
    public static byte[] Deltas(params int[] values)
    {
        var bytes = new ThriftBytes().Unsigned(128).Unsigned(4).Unsigned((ulong)values.Length).Number(values[0]);
        for (var start = 1; start < values.Length; start += 128)
        {
            long[] deltas = [.. Enumerable.Range(start, 128).Select(i => i < values.Length ? (long)values[i] - values[i - 1] : long.MaxValue)];
            var least = deltas.Min();
            deltas = [.. deltas.Select(delta => delta == long.MaxValue ? 0 : delta - least)];
            // Groups of 32 beyond the last value are left out.
            var written = Math.Min(128, (values.Length - start + 31) / 32 * 32);
            bytes.Number(least).Raw([32, 32, 32, 32]).Raw([.. deltas.Take(written).SelectMany(delta => BitConverter.GetBytes((uint)delta))]);
        }

        return bytes.ToArray();
    }
}

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Compressed texts and Parquet files that are truncated, damaged, or decompression bombs.</summary>
internal static class MalformedArchives
{
    private const string Gzip = "train --population {population} --out {out} --seeds {file.csv.gz}";
    private const string Parquet = "train --population {population} --out {out} --seeds {file.parquet}";
    private const string Vectors = "import --out {out} --embeddings {file.parquet}";
    private const string Damaged = "the gzip file is damaged or ends too early";
    private const string Head = "seed_list_id,user_id\n";

    private static readonly byte[] _whole = FileContent.Compress(Head + string.Concat(Enumerable.Range(0, 500).Select(i => $"advertiser-01,u{i * 7919}\n")));
    private static readonly string[] _ids = ["a", "b"];

    public static IReadOnlyList<Malformed> All { get; } =
    [
        // gzip.
        new("two bytes of gzip", Gzip, 42, FileContent.Bytes([0x1F, 0x8B]), Damaged, "cut off in a download"),
        new("a header of gzip that is cut off", Gzip, 42, _whole[..7], Damaged),
        new("a header of gzip and no text", Gzip, 42, _whole[..10], Damaged),
        new("gzip that is cut off in the middle", Gzip, 42, _whole[..(_whole.Length / 2)], Damaged),
        new("gzip without its checksum", Gzip, 42, _whole[..^8], Damaged),
        new("gzip without its last byte", Gzip, 42, _whole[..^1], Damaged),
        new("gzip with another checksum", Gzip, 42, FileContent.Changed(_whole, bytes => [.. bytes[..^8], (byte)~bytes[^8], .. bytes[^7..]]), Damaged),
        new("gzip with another length", Gzip, 42, FileContent.Changed(_whole, bytes => [.. bytes[..^1], (byte)(bytes[^1] + 1)]), Damaged),
        new("gzip with a flipped bit", Gzip, 42, FileContent.Changed(_whole, bytes => [.. bytes[..200], (byte)(bytes[200] ^ 1), .. bytes[201..]]), Damaged),
        new("gzip with something behind it", Gzip, 42, FileContent.Changed(_whole, bytes => [.. bytes, .. "rest"u8]), Damaged),
        new("gzip of an unknown method", Gzip, 42, FileContent.Changed(_whole, bytes => [.. bytes[..2], 9, .. bytes[3..]]), Damaged),
        new("gzip of nothing", Gzip, 42, FileContent.Bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]), "line 1: the header line is empty"),
        new("gzip in gzip", Gzip, 42, FileContent.Compress(_whole), "this is gzip inside gzip", "decompress it once"),
        new("a zip archive in gzip", Gzip, 42, FileContent.Compress("PK\u0003\u0004"), "this is a ZIP archive (an Excel workbook is one), not a table, inside gzip", "Unpack it"),
        new("Parquet in gzip", Gzip, 42, ParquetBytes.Changed(FileContent.Compress), "this is Parquet inside gzip", "gunzip"),
        new("gzip of a bad row", Gzip, 42, FileContent.Compress(Head + "a,b\na,b,c\n"), "line 3", "3 values"),
        new("gzip of 100 GB of zeros", Gzip, 42, FileContent.Bomb("", 0, 100), "line 1", "NUL"),
        new("gzip of a header and 100 GB of zeros", Gzip, 42, FileContent.Bomb(Head, 0, 100), "line 2", "more than a million characters"),
        new("gzip of a header and 100 GB of one letter", Gzip, 42, FileContent.Bomb(Head, (byte)'a', 100), "line 2", "more than a million characters"),
        new("gzip of 100 GB of line feeds", Gzip, 42, FileContent.Bomb("", (byte)'\n', 100), "line 1: the header line is empty"),

        // Parquet.
        new("four bytes of Parquet", Parquet, 42, "PAR1", "the Parquet file is damaged or cut off", "check that the writer closed it"),
        new("Parquet with nothing inside", Parquet, 42, "PAR1PAR1", "the Parquet file is damaged"),
        new("Parquet that is cut off in the middle", Parquet, 42, ParquetBytes.Changed(bytes => bytes[..(bytes.Length / 2)]), "the Parquet file is damaged"),
        new("Parquet without its last byte", Parquet, 42, ParquetBytes.Changed(bytes => bytes[..^1]), "the Parquet file is damaged"),
        new("Parquet whose footer is longer than the file", Parquet, 42, ParquetBytes.Changed(bytes => [.. bytes[..^8], 0xFF, 0xFF, 0xFF, 0x7F, .. bytes[^4..]]), "the Parquet file is damaged"),
        new("Parquet whose footer has fewer bytes than none", Parquet, 42, ParquetBytes.Changed(bytes => [.. bytes[..^8], 0xFF, 0xFF, 0xFF, 0xFF, .. bytes[^4..]]), "the Parquet file is damaged"),
        new("Parquet whose footer is zeros", Parquet, 42, ParquetBytes.Changed(bytes => [.. bytes[..^(FooterOf(bytes) + 8)], .. new byte[FooterOf(bytes)], .. bytes[^8..]]), "the Parquet file is damaged"),
        new("Parquet whose pages are zeros", Parquet, 42, ParquetBytes.Changed(bytes => [.. bytes[..4], .. new byte[40], .. bytes[44..]]), "the Parquet file is damaged or cut off after row 0"),
        new("Parquet whose page claims two gigabytes", Parquet, 42, ParquetBytes.Changed(bytes => WithPage(bytes, compressed: true)), "a page claims 2,147,483,647 bytes"),
        new("Parquet whose page is two gigabytes when decompressed", Parquet, 42, ParquetBytes.Changed(bytes => WithPage(bytes, compressed: false)), "claims to be 2,147,483,647 bytes"),
        new("Parquet with something behind it", Parquet, 42, ParquetBytes.Changed(bytes => [.. bytes, 1, 2, 3]), "the Parquet file is damaged"),
        new("Parquet without rows", Parquet, 42, ParquetBytes.Of(("user_id", Array.Empty<string>())), "no rows of seed lists"),
        new("Parquet without the column", Parquet, 42, ParquetBytes.Of(("person", _ids)), "no column 'user_id'", "'person'"),
        new("Parquet with a column twice", Parquet, 42, ParquetBytes.Of(("user_id", _ids), ("user_id", _ids)), "column 'user_id'", "more than once"),
        new("Parquet with ids that are floating-point numbers", Parquet, 42, ParquetBytes.Of(("user_id", new[] { 1.0, 2.0 })), "ids are stored as Double", "text or whole numbers"),
        new("Parquet with lists of ids", Parquet, 42, ParquetBytes.Of(("user_id", new[] { _ids, _ids })), "no column 'user_id'"),
        new("Parquet with a missing id", Parquet, 42, ParquetBytes.Of(("user_id", new string?[] { "a", null })), "row 2, column 'user_id': the id is empty"),
        new("Parquet with an id of 10,000 bytes", Parquet, 42, ParquetBytes.Of(("user_id", new[] { new string('u', 10_000) })), "row 1, column 'user_id'", "10,000 bytes"),
        new("Parquet with an id that is not UTF-8", Parquet, 42, ParquetBytes.Of(("user_id", new byte[][] { [0xFF, 0xFE] })), "row 1, column 'user_id'", "not UTF-8"),
        new("Parquet with a value of a megabyte in every row", Parquet, 42, ParquetBytes.Of(("user_id", Enumerable.Repeat(new string('u', 1 << 20), 100).ToArray())), "take more than 67,108,864 bytes", "at most 128 bytes"),
        new("Parquet with a value of 140 megabytes", Parquet, 42, ParquetBytes.Of(("user_id", new[] { new string('u', 140 << 20) })), "the values of a column take 146,", "in 1 rows"),
        new("Parquet with a list of a million numbers", Vectors, 42, ParquetBytes.Of(("user_id", _ids), ("e", new[] { new float[1_000_000], [1f] })), "row 1: a list has more than 65,536 numbers"),
        new("Parquet with lists of different lengths", Vectors, 42, ParquetBytes.Of(("user_id", _ids), ("e", new float[][] { [1f, 2f], [1f] })), "row 2", "1 number", "2"),
        new("Parquet with an empty list", Vectors, 42, ParquetBytes.Of(("user_id", _ids), ("e", new float[][] { [], [] })), "row 1", "has 0 numbers"),
        new("Parquet with NaN in a list", Vectors, 42, ParquetBytes.Of(("user_id", _ids), ("e", new float[][] { [1f], [float.NaN] })), "row 2", "'b'", "NaN"),
        new("Parquet with lists of text", Vectors, 42, ParquetBytes.Of(("user_id", _ids), ("e", new[] { _ids, _ids })), "column 'e'", "lists of float32 or float64"),
    ];

    private static int FooterOf(byte[] parquet) => BitConverter.ToInt32(parquet, parquet.Length - 8);

    // A page header starts with its kind and two sizes; each is a field byte followed by a number. The file keeps its length.
    private static byte[] WithPage(byte[] parquet, bool compressed)
    {
        byte[] most = [0xFE, 0xFF, 0xFF, 0xFF, 0x0F];
        var at = 4 + 2 + 1;
        if (compressed)
        {
            while (parquet[at++] >= 128)
            {
            }

            at++;
        }

        most.CopyTo(parquet, at);
        if (!compressed) new byte[] { 0x15, 2 }.CopyTo(parquet, at + most.Length);
        return parquet;
    }
}

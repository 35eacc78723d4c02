using System.IO.Compression;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Tables;

/// <summary>Tests that other formats are recognised by their first bytes, whatever the file name.</summary>
public sealed class OtherContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The first bytes are those that zip, numpy.save, zstd, bzip2, xz, 7z, sqlite3 and so on wrote.
    [Theory]
    [InlineData("504B03041400000008008A5C", "a ZIP archive (an Excel workbook is one), not a table. Unpack it")]
    [InlineData("504B05060000000000000000", "a ZIP archive (an Excel workbook is one), not a table. Unpack it")]
    [InlineData("D0CF11E0A1B11AE10000", "a workbook of an old Excel, not a table. Save it as \"CSV UTF-8\"")]
    [InlineData("934E554D50590100760000007B27", "a NumPy array, not a table. Write ids one per line")]
    [InlineData("28B52FFD0458690000", "compressed by zstd, which is not read. Decompress it with `zstd -d`")]
    [InlineData("425A68393141592653591F", "compressed by bzip2, which is not read. Decompress it with `bzip2 -d`")]
    [InlineData("FD377A585A000004E6D6B446", "compressed by xz, which is not read. Decompress it with `xz -d`")]
    [InlineData("377ABCAF271C0004", "a 7z archive, not a table. Unpack it")]
    [InlineData("255044462D312E370A25E2E3CFD30A", "a PDF document, not a table. Export the table as CSV")]
    [InlineData("53514C69746520666F726D6174203300100001", "a SQLite database, not a table. Export the table with `sqlite3")]
    public void A_file_of_another_format_is_named_also_inside_gzip(string hex, string says)
    {
        var bytes = Convert.FromHexString(hex);
        var (what, advice) = (says.Split(". ")[0], says.Split(". ")[1]);
        var plain = _folder.Bytes("users.csv", bytes);
        Assert.StartsWith($"{plain}: this is {what}. {advice}", ErrorOf(plain), StringComparison.Ordinal);

        var gzip = _folder.Bytes("users.csv.gz", Compress(bytes));
        Assert.StartsWith($"{gzip}: this is {what}, inside gzip. {advice}", ErrorOf(gzip), StringComparison.Ordinal);
    }

    [Fact]
    public void Parquet_and_gzip_inside_gzip_are_named()
    {
        Assert.Contains("this is Parquet inside gzip", ErrorOf(_folder.Gzip("a.gz", "PAR1 and more")), StringComparison.Ordinal);
        Assert.Contains("this is gzip inside gzip", ErrorOf(_folder.Bytes("a.gz", Compress(TemporaryFolder.Compress("user_id\na\n")))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BZh9,user_id\na,b\n")]
    [InlineData("PK,user_id\na,b\n")]
    [InlineData("SQLite format 3,user_id\na,b\n")]
    [InlineData("7z,user_id\na,b\n")]
    [InlineData("PDF-,user_id\na,b\n")]
    public void A_header_that_starts_like_a_magic_number_is_a_header(string text)
    {
        using var table = TableReader.Open(_folder.Text("a.csv", text));
        Assert.Equal(text.Split('\n')[0].Split(','), table.Columns);
    }

    private static string ErrorOf(string file) => Assert.ThrowsAny<KindredException>(() => TableReader.Open(file)).Message;

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return compressed.ToArray();
    }
}

using System.Text;
using Kindred.Data.Audiences;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Audiences;

public sealed class AudienceWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_has_a_header_and_one_user_per_line()
    {
        using (var writer = new AudienceWriter(_folder["a.csv"]))
        {
            writer.Write("plain"u8, 0.1f, 1);
            writer.Write("a,\"b\""u8, -1e-10f, 2);
            writer.Complete();
        }

        Assert.Equal("user_id,score,rank\nplain,0.1,1\n\"a,\"\"b\"\"\",-1E-10,2\n", File.ReadAllText(_folder["a.csv"]));
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.parquet")]
    public void Scores_keep_their_bits(string name) => Gen.Float.Where(float.IsFinite).Array[1, 50].Sample(scores =>
    {
        using (var writer = new AudienceWriter(_folder[name]))
        {
            for (var i = 0; i < scores.Length; i++) writer.Write(Encoding.UTF8.GetBytes("u" + i), scores[i], i + 1);
            writer.Complete();
        }

        using var table = TableReader.Open(_folder[name]);
        var score = table.Require("score");
        foreach (var expected in scores)
        {
            Assert.True(table.Read());
            Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits((float)table.Number(score)));
        }
    }, iter: 100, threads: 1);

    [Fact]
    public void An_unknown_ending_is_refused() =>
        Assert.Equal(ErrorKind.Usage, Assert.Throws<KindredException>(() => new AudienceWriter(_folder["a.xlsx"])).Kind);

    [Theory]
    [InlineData("shoes-2024_q1", "shoes-2024_q1")]
    [InlineData("Shoes", "%53hoes")]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    [InlineData("../a", "%2E.%2Fa")]
    [InlineData("a.b", "a.b")]
    [InlineData("a\n", "a%0A")]
    [InlineData("con", "%con")]
    [InlineData("é%", "%C3%A9%25")]
    public void A_file_name_shows_the_id_if_possible(string id, string name) => Assert.Equal(name, SafeFileName.For(id));

    [Fact]
    public void File_names_are_safe_short_and_distinct_even_without_case() =>
        Gen.String[Gen.Char["aAbB.%/\\:-\0é "], 1, 150].HashSet[2, 20].Sample(ids =>
        {
            var names = ids.Select(SafeFileName.For).ToArray();
            Assert.Equal(ids.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(names, name => Assert.Matches(@"^[a-z0-9_%-]([A-Za-z0-9._%-]{0,118}[A-Za-z0-9_%-])?$", name));
        }, iter: 300);
}

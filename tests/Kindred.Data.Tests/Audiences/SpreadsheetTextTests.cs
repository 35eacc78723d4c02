using System.Text;
using Kindred.Data.Audiences;

namespace Kindred.Data.Tests.Audiences;

public sealed class SpreadsheetTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("\uFF1D1")]
    [InlineData("\uFF0B1")]
    [InlineData("\uFF0D1")]
    [InlineData("\uFF201")]
    [InlineData("'=1")]
    [InlineData("''@1")]
    public void A_formula_gets_an_apostrophe(string text) => Assert.Equal("'" + text, SpreadsheetText.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("u1")]
    [InlineData("a=1")]
    [InlineData(" =1")]
    [InlineData("'u1")]
    [InlineData("'")]
    [InlineData("\uFF0E1")]
    public void Other_text_stays(string text) => Assert.Equal(text, SpreadsheetText.Of(text));

    [Fact]
    public void The_original_comes_back() => Gen.String[Gen.Char["'=+-@\t\uFF1Da"], 0, 6].Sample(text =>
        Assert.Equal(text, Encoding.UTF8.GetString(SpreadsheetText.Original(Encoding.UTF8.GetBytes(SpreadsheetText.Of(text))))));

    [Fact]
    public void An_audience_has_safe_ids_and_scores_as_they_are()
    {
        Write("a.csv", safe: true);
        Assert.Equal("user_id,score,rank\n'=1,-1,1\nu,-2,2\n", File.ReadAllText(_folder["a.csv"]));
        Write("a.csv", safe: false);
        Assert.Equal("user_id,score,rank\n=1,-1,1\nu,-2,2\n", File.ReadAllText(_folder["a.csv"]));
    }

    [Fact]
    public void Parquet_stays_exact()
    {
        Write("safe.parquet", safe: true);
        Write("exact.parquet", safe: false);
        Assert.Equal(File.ReadAllBytes(_folder["exact.parquet"]), File.ReadAllBytes(_folder["safe.parquet"]));
    }

    private void Write(string name, bool safe)
    {
        using var writer = new AudienceWriter(_folder[name], spreadsheetSafe: safe);
        writer.Write("=1"u8, -1, 1);
        writer.Write("u"u8, -2, 2);
        writer.Complete();
    }
}

using Kindred.Data.Imports;

namespace Kindred.Data.Tests.Imports;

/// <summary>Tables of embeddings in several files.</summary>
public sealed class EmbeddingReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("user_id,tier,e\n", "user_id,tier,e\na,gold,\"[1, 2]\"\n")]
    [InlineData("user_id,tier,e\na,gold,\"[1, 2]\"\n", "user_id,tier,e\n")]
    [InlineData("user_id,tier,e\n", "user_id,tier,e\n", "user_id,tier,e\na,gold,\"[1, 2]\"\n")]
    public void A_file_without_rows_does_not_decide_which_columns_hold_the_numbers(params string[] texts)
    {
        using var read = EmbeddingReader.Read(Options(texts), _folder["out"]);
        Assert.Equal([1f, 2f], Vector(read, 0));
        Assert.Empty(read.Columns);
    }

    [Theory]
    [InlineData("[-0.25, 0.5,-2.]")]
    [InlineData("[-0.25,0.5,\n -2.]")]
    [InlineData("[-25e-2,5e-1, -2]")]
    public void Padding_for_signs_and_line_ends_is_not_a_decimal_comma(string list)
    {
        using var read = EmbeddingReader.Read(Options($"user_id,e\na,\"{list}\"\n"), _folder["out"]);
        Assert.Equal([-0.25f, 0.5f, -2f], Vector(read, 0));
    }

    [Fact]
    public void The_first_file_with_rows_decides_the_order_of_the_numbers()
    {
        var options = Options("user_id,y,x\n", "user_id,x,y\na,1,2\n", "user_id,y,x\nb,4,3\n");
        using var read = EmbeddingReader.Read(options, _folder["out"]);
        Assert.Equal([1f, 2f], Vector(read, 0));
        Assert.Equal([3f, 4f], Vector(read, 1));
        Assert.Equal(["x", "y"], read.Columns);

        var other = Options("user_id,x\n", "user_id,x,y\na,1,2\n", "user_id,x,y,z\nb,3,4,5\n");
        var error = Assert.Throws<KindredException>(() => EmbeddingReader.Read(other, _folder["out"]));
        Assert.Contains($"there is a column 'z', which {other.Embeddings[1]} does not have", error.Message, StringComparison.Ordinal);
    }

    private ImportOptions Options(params string[] texts) => new() { Embeddings = [.. texts.Select((text, i) => _folder.Text($"{i}.csv", text))] };

    private static float[] Vector(EmbeddingInput input, int row)
    {
        var vector = new float[input.Vectors.Dimension];
        input.Vectors.Read(row, vector);
        return vector;
    }
}

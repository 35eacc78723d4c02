using Kindred.Data.Imports;
using Kindred.Data.Numpy;

namespace Kindred.Data.Tests.Imports;

public sealed class ImportedEmbeddingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_hash_of_the_contents_depends_on_every_number_and_id_but_not_on_order_or_threads() =>
        Gen.Select(Gen.Int[1, 3], Gen.Float[-9, 9].Array[6], Gen.Shuffle(new[] { 0, 1, 2, 3, 4, 5 }), Gen.Int[0, 5]).Sample((dimension, values, order, changed) =>
        {
            var rows = values.Select(value => Enumerable.Range(0, dimension).Select(k => value + k).ToArray()).ToArray();
            var ids = Enumerable.Range(0, 6).Select(i => $"user-{i}").ToArray();
            var hash = Hash(rows, ids, 1);
            Assert.Equal(hash, Hash([.. order.Select(i => rows[i])], [.. order.Select(i => ids[i])], 3));

            var other = rows.Select(row => row.ToArray()).ToArray();
            other[changed][dimension - 1] += 1;
            Assert.NotEqual(hash, Hash(other, ids, 1));
            Assert.NotEqual(hash, Hash(rows, [.. ids.Select((id, i) => i == changed ? id + "x" : id)], 1));
        }, iter: 30, threads: 1);

    [Fact]
    public void Embeddings_are_returned_in_the_order_of_the_request()
    {
        var rows = Enumerable.Range(0, 10_000).Select(i => new[] { i, i / 2f, -i }).ToArray();
        var input = Read(rows, [.. Enumerable.Range(0, rows.Length).Select(i => $"{i}")]);
        using var embeddings = new ImportedEmbeddings(input.Vectors, input.Users.Users.Ids, [.. input.Rows], 2);
        int[] asked = [.. Enumerable.Range(0, 9_000).Select(i => (i * 7_919 + 5) % rows.Length)];
        using var given = embeddings.Of(asked);
        for (var i = 0; i < asked.Length; i++)
        {
            var id = int.Parse(input.Users.Users.Ids.GetString(asked[i]), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(rows[id], given.Row(i).ToArray());
        }

        input.Dispose();
    }

    [Fact]
    public void The_first_bad_row_of_the_file_is_named_whichever_thread_finds_one()
    {
        var rows = Enumerable.Range(0, 30_000).Select(i => new[] { i is 12_345 or 29_000 ? float.NaN : 1f }).ToArray();
        using var input = Read(rows, [.. Enumerable.Range(0, rows.Length).Select(i => $"u{i}")]);
        using var embeddings = new ImportedEmbeddings(input.Vectors, input.Users.Users.Ids, [.. input.Rows], 4);
        var error = Assert.Throws<KindredException>(() => embeddings.Check("vectors.npy"));
        Assert.Equal(ErrorKind.BadInput, error.Kind);
        Assert.Contains("vectors.npy, row 12,345 (from 0), user 'u12345': number 0", error.Message, StringComparison.Ordinal);
    }

    private UInt128 Hash(float[][] rows, string[] ids, int threads)
    {
        using var input = Read(rows, ids);
        using var embeddings = new ImportedEmbeddings(input.Vectors, input.Users.Users.Ids, [.. input.Rows], threads);
        return embeddings.Check("vectors.npy");
    }

    private EmbeddingInput Read(float[][] rows, string[] ids)
    {
        NpyFile.Write<float>(_folder["vectors.npy"], [.. rows.SelectMany(row => row)], rows.Length, rows[0].Length);
        return EmbeddingReader.Read(new ImportOptions { Embeddings = [_folder["vectors.npy"]], Ids = _folder.Text("ids.txt", string.Join('\n', ids)) }, _folder["out"]);
    }
}

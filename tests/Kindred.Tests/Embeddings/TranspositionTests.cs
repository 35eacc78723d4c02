using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Tests.Embeddings;

public sealed class TranspositionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_column_lists_its_rows_in_ascending_order_with_any_threads(int threads)
    {
        var rows = TestInteractions.Random(900, 40, 2).Rows;
        AssertTransposed(rows, 40, Transposition.Of(rows, 40, threads, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Empty_rows_and_columns_a_single_full_row_and_an_empty_matrix_are_transposed()
    {
        // Many entries per column, so that there are several parts. Most entries are near one row.
        var weights = Enumerable.Range(0, 90).Select(row => Enumerable.Range(0, 3).Select(_ => row is > 40 and < 75 ? row + 0.5f : 0).ToArray()).ToArray();
        var rows = TestInteractions.Of(weights, 3).Rows;
        AssertTransposed(rows, 4, Transposition.Of(rows, 4, 64, TestContext.Current.CancellationToken));
        var one = new SparseRows(new long[] { 0, 0, 64, 64 }, new int[64], Enumerable.Range(1, 64).Select(i => (float)i).ToArray());
        AssertTransposed(one, 2, Transposition.Of(one, 2, 4, TestContext.Current.CancellationToken));
        var nothing = new SparseRows(new long[3], Array.Empty<int>(), Array.Empty<float>());
        AssertTransposed(nothing, 2, Transposition.Of(nothing, 2, 4, TestContext.Current.CancellationToken));
    }

    private static void AssertTransposed(SparseRows rows, int columnCount, SparseRows transposed)
    {
        var expected = new List<(int, float)>[columnCount];
        for (var column = 0; column < columnCount; column++) expected[column] = [];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = 0; i < rows.ColumnsOf(row).Length; i++) expected[rows.ColumnsOf(row)[i]].Add((row, rows.WeightsOf(row)[i]));
        }

        Assert.Equal(columnCount, transposed.Count);
        for (var column = 0; column < columnCount; column++)
        {
            Assert.Equal(expected[column], transposed.ColumnsOf(column).ToArray().Zip(transposed.WeightsOf(column).ToArray()));
        }
    }
}

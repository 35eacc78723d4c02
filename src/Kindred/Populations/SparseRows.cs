namespace Kindred.Populations;

/// <summary>Sparse rows in compressed form (CSR): the items of each user.</summary>
/// <param name="Starts">[rows + 1] where each row starts.</param>
/// <param name="Columns">[entries] item numbers, ascending within a row.</param>
/// <param name="Weights">[entries] positive weights (summed over duplicates).</param>
public sealed record SparseRows(ReadOnlyMemory<long> Starts, ReadOnlyMemory<int> Columns, ReadOnlyMemory<float> Weights)
{
    /// <summary>Rows.</summary>
    public int Count => Starts.Length - 1;

    /// <summary>Entries over all rows.</summary>
    public long Entries => Starts.Span[^1];

    /// <summary>The item numbers of one row.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => Columns.Span[(int)Starts.Span[row]..(int)Starts.Span[row + 1]];

    /// <summary>The weights of one row, parallel to <see cref="ColumnsOf"/>.</summary>
    public ReadOnlySpan<float> WeightsOf(int row) => Weights.Span[(int)Starts.Span[row]..(int)Starts.Span[row + 1]];
}

using Kindred.Numerics;

namespace Kindred.Embeddings;

/// <summary>Several embeddings of the same rows as one: [copy 0 | copy 1 | …].</summary>
internal static class SideBySide
{
    /// <summary>Makes each copy and puts them together; one alone is passed on as it is.</summary>
    /// <param name="copies">How many.</param>
    /// <param name="dimension">Columns of each.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="make">Makes a copy, which is disposed of here.</param>
    /// <returns>[rows × copies · dimension].</returns>
    public static AlignedMatrix Join(int copies, int dimension, long rows, Func<int, AlignedMatrix> make)
    {
        if (copies == 1) return make(0);
        var joined = new AlignedMatrix(rows, copies * dimension);
        for (var copy = 0; copy < copies; copy++)
        {
            using var part = make(copy);
            for (long row = 0; row < rows; row++) part.Row(row).CopyTo(joined.Row(row)[(copy * dimension)..]);
        }

        return joined;
    }

    /// <summary>The copies one by one; one alone is passed on as it is.</summary>
    public static AlignedMatrix[] Split(AlignedMatrix joined, int copies)
    {
        if (copies == 1) return [joined];
        var dimension = joined.Columns / copies;
        var parts = new AlignedMatrix[copies];
        for (var copy = 0; copy < copies; copy++)
        {
            parts[copy] = new AlignedMatrix(joined.Rows, dimension);
            for (long row = 0; row < joined.Rows; row++) joined.Row(row).Slice(copy * dimension, dimension).CopyTo(parts[copy].Row(row));
        }

        return parts;
    }
}

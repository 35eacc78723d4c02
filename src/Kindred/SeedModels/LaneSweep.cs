using Kindred.Numerics;

namespace Kindred.SeedModels;

/// <summary>Goes over the vectors of many problems, one per lane, in blocks of rows, and adds up the sums of the blocks in order.</summary>
internal static class LaneSweep
{
    private const int Block = 256;

    /// <summary>Runs over all rows; the sums do not depend on threads.</summary>
    /// <param name="threads">Worker threads.</param>
    /// <param name="rows">Rows of the vectors.</param>
    /// <param name="width">Number of sums.</param>
    /// <param name="body">Processes a block.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>[<paramref name="width"/>].</returns>
    public static double[] Run(int threads, int rows, int width, SweepBody body, CancellationToken cancellation)
    {
        var blocks = (rows + Block - 1) / Block;
        var parts = new double[blocks * width];
        Workers.Run(threads, blocks, (block, _) => body(
            block * Block, Math.Min(Block, rows - block * Block), parts.AsSpan(block * width, width)), cancellation);
        var sums = new double[width];
        for (var block = 0; block < blocks; block++)
        {
            for (var i = 0; i < width; i++) sums[i] += parts[block * width + i];
        }

        return sums;
    }
}

/// <summary>Processes some rows of the vectors.</summary>
/// <param name="first">The first row.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="sums">The sums of the block, added to in place.</param>
internal delegate void SweepBody(int first, int rows, Span<double> sums);

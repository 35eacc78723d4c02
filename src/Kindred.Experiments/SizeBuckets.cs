namespace Kindred.Experiments;

/// <summary>Counts of numbers above 0 by their leading bits: a bucket's number is the exponent and the first ten bits of the
/// fraction.</summary>
internal sealed class SizeBuckets
{
    private const int DroppedBits = 52 - 10;

    private long[] _counts = [];
    private int _first;

    public long Count { get; private set; }

    /// <summary>The bucket of a number above 0; larger numbers have no smaller bucket.</summary>
    public static int Of(double value) => (int)(BitConverter.DoubleToInt64Bits(value) >> DroppedBits);

    /// <summary>The largest number in the bucket of a number of either sign.</summary>
    public static double MostBeside(double value) =>
        value > 0 ? Math.BitDecrement(LowerEnd(Of(value) + 1)) : value < 0 ? -LowerEnd(Of(-value)) : 0;

    public void Add(int bucket, long count)
    {
        Cover(bucket, bucket + 1);
        _counts[bucket - _first] += count;
        Count += count;
    }

    public void MergeFrom(SizeBuckets other)
    {
        if (other.Count == 0) return;
        Cover(other._first, other._first + other._counts.Length);
        for (var i = 0; i < other._counts.Length; i++) _counts[other._first - _first + i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>Counts the numbers in the buckets before this one.</summary>
    public long CountBelow(int bucket)
    {
        long sum = 0;
        for (var i = 0; i < _counts.Length && _first + i < bucket; i++) sum += _counts[i];
        return sum;
    }

    /// <summary>The number of a rank, from 1 to <see cref="Count"/>, with the numbers of a bucket evenly spread.</summary>
    public double ValueAt(long rank)
    {
        var i = 0;
        for (; rank > _counts[i]; i++) rank -= _counts[i];
        // The last bucket of all would end in infinity.
        double low = LowerEnd(_first + i), high = Math.Min(double.MaxValue, LowerEnd(_first + i + 1));
        return low + (high - low) * ((rank - 0.5) / _counts[i]);
    }

    private static double LowerEnd(int bucket) => BitConverter.Int64BitsToDouble((long)bucket << DroppedBits);

    // Whole powers of two at a time.
    private void Cover(int from, int until)
    {
        const int Step = 1 << 10;
        if (_counts.Length > 0 && from >= _first && until <= _first + _counts.Length) return;
        int first = from / Step * Step, end = (until + Step - 1) / Step * Step;
        if (_counts.Length > 0) (first, end) = (Math.Min(first, _first), Math.Max(end, _first + _counts.Length));
        var counts = new long[end - first];
        _counts.CopyTo(counts, _counts.Length > 0 ? _first - first : 0);
        (_counts, _first) = (counts, first);
    }
}

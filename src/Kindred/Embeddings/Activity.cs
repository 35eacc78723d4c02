using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>The activity of users: log1p of the number of their items.</summary>
public static class Activity
{
    /// <summary>log1p of the number of distinct items of each user, with mean and deviation over all users.</summary>
    public static (float[] Values, ActivityScale Scale) Of(SparseRows rows)
    {
        var values = new float[rows.Count];
        var starts = rows.Starts.Span;
        for (var i = 0; i < values.Length; i++) values[i] = (float)PortableMath.Log(1.0 + (starts[i + 1] - starts[i]));
        return (values, Scale(values));
    }

    /// <summary>log1p of each user's count, with mean and deviation over all users.</summary>
    /// <param name="counts">[users] 0 or more.</param>
    public static (float[] Values, ActivityScale Scale) OfCounts(ReadOnlySpan<float> counts)
    {
        var values = new float[counts.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (float)PortableMath.Log(1.0 + counts[i]);
        return (values, Scale(values));
    }

    private static ActivityScale Scale(float[] values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values) sum += value;
        var mean = sum / Math.Max(1, values.Length);
        foreach (var value in values) squares += (value - mean) * (value - mean);
        var deviation = Math.Sqrt(squares / Math.Max(1, values.Length));
        return new ActivityScale(mean, deviation > 0 ? deviation : 1);
    }
}

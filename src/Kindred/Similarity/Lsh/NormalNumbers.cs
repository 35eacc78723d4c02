using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Similarity.Lsh;

/// <summary>Standard normal numbers with the same bits on every machine, by the polar method (Marsaglia and Bray 1964).</summary>
/// <remarks>Reading a model creates its hyperplanes again from their seed, perhaps on another machine, so the cosine and logarithm of a C
/// library must not be used here.</remarks>
internal sealed class NormalNumbers(ulong key)
{
    private SeededRandom _random = new(key);

    /// <summary>The next number.</summary>
    public double Next()
    {
        while (true)
        {
            double x = 2 * _random.NextDouble() - 1, y = 2 * _random.NextDouble() - 1;
            var square = x * x + y * y;
            if (square is > 0 and < 1) return x * Math.Sqrt(-2 * PortableMath.Log(square) / square);
        }
    }
}

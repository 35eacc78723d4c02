namespace Kindred.Sampling;

public partial struct SeededRandom
{
    /// <summary>A number of the Poisson distribution.</summary>
    /// <param name="mean">0 to 10⁹: the mean and the variance.</param>
    public int NextPoisson(double mean)
    {
        if (!(mean >= 0 && mean <= 1e9)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be from 0 to 10⁹.");
        return mean < 10 ? SmallPoisson(mean) : LargePoisson(mean);
    }

    // Counts how many uniform numbers can be multiplied before the product falls below e^−mean (Knuth).
    private int SmallPoisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = NextDouble(); product > limit; product *= NextDouble()) count++;
        return count;
    }

    // PTRS: transformed rejection with squeeze (Hörmann 1993, "The transformed rejection method for generating Poisson random variables").
    private int LargePoisson(double mean)
    {
        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var squeeze = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var u = NextDouble() - 0.5;
            var v = 1 - NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= squeeze) return (int)k;
            if (k < 0 || (us < 0.013 && v > us)) continue;

            var left = Math.Log(v) + Math.Log(inverseAlpha) - Math.Log((a / (us * us)) + b);
            if (left <= (k * Math.Log(mean)) - mean - LogFactorial(k)) return (int)k;
        }
    }

    private static double LogFactorial(double n)
    {
        // Stirling's series is good to 10⁻¹⁰ from 10 on; below, add the logarithms.
        if (n >= 10)
        {
            var inverse = 1 / n;
            var square = inverse * inverse;
            var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square / 1680))))));
            return ((n + 0.5) * Math.Log(n)) - n + (0.5 * Math.Log(2 * Math.PI)) + series;
        }

        var product = 1.0;
        for (var i = 2; i <= n; i++) product *= i;
        return Math.Log(product);
    }
}

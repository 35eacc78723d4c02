namespace Kindred.Numerics;

public partial struct SeededRandom
{
    /// <summary>A number of the standard normal distribution (Box and Muller 1958, one of the pair).</summary>
    /// <remarks>The second of the pair is not kept, so that a stream's state is its four words.</remarks>
    public double NextGaussian() =>
        Math.Sqrt(2 * NextExponential()) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A number of the exponential distribution of mean 1; always finite and above 0.</summary>
    public double NextExponential() => ExponentialOf(NextDouble());

    /// <summary>The exponential quantile of a number in [0, 1); always finite and above 0.</summary>
    public static double ExponentialOf(double unit) => -Math.Log(unit + (0.5 / (1UL << 53)));

    /// <summary>How many failures come before the first success.</summary>
    /// <param name="success">Chance of a success, in (0, 1].</param>
    public int NextGeometric(double success)
    {
        ThrowUnlessPositive(success);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(success, 1);
        return success == 1 ? 0 : (int)Math.Min(int.MaxValue, NextExponential() / -Math.Log(1 - success));
    }

    /// <summary>How many of <paramref name="trials"/> succeed. Time grows with the trials: for small numbers.</summary>
    public int NextBinomial(int trials, double success)
    {
        var successes = 0;
        for (var i = 0; i < trials; i++)
        {
            if (NextDouble() < success) successes++;
        }

        return successes;
    }

    /// <summary>A number of the gamma distribution of scale 1 (Marsaglia and Tsang 2000).</summary>
    /// <param name="shape">Above 0; the mean and the variance.</param>
    public double NextGamma(double shape)
    {
        ThrowUnlessPositive(shape);
        return shape >= 1 ? GammaFromOne(shape) : Math.Exp(LogGammaDraw(shape));
    }

    /// <summary>Shares that add up to 1, of the Dirichlet distribution.</summary>
    /// <param name="concentrations">Above 0, one a share.</param>
    /// <param name="shares">Receives the shares.</param>
    /// <remarks>Drawn as logarithms: with small concentrations every gamma variate may be too small for a double.</remarks>
    public void NextDirichlet(ReadOnlySpan<double> concentrations, Span<double> shares)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shares.Length, concentrations.Length);
        var largest = double.NegativeInfinity;
        for (var i = 0; i < shares.Length; i++)
        {
            ThrowUnlessPositive(concentrations[i]);
            shares[i] = LogGammaDraw(concentrations[i]);
            largest = Math.Max(largest, shares[i]);
        }

        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++) sum += shares[i] = Math.Exp(shares[i] - largest);
        for (var i = 0; i < shares.Length; i++) shares[i] /= sum;
    }

    // Below 1 the boost of Marsaglia and Tsang, section 6: gamma(a) = gamma(a + 1) · U^(1/a).
    private double LogGammaDraw(double shape) => shape >= 1
        ? Math.Log(GammaFromOne(shape))
        : Math.Log(GammaFromOne(shape + 1)) - (NextExponential() / shape);

    private double GammaFromOne(double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextGaussian();
            var v = 1 + (c * x);
            if (v <= 0) continue;

            v = v * v * v;
            // log U is compared, and −log U is an exponential variate.
            if (-NextExponential() < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    private static void ThrowUnlessPositive(double value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
    {
        // Written so that NaN fails too.
        if (!(value > 0) || double.IsInfinity(value)) throw new ArgumentOutOfRangeException(name, value, "It must be a finite number above 0.");
    }
}

namespace Kindred.Sampling;

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

    /// <summary>The number of failures before the first success.</summary>
    /// <param name="success">Chance of a success, in (0, 1].</param>
    public int NextGeometric(double success)
    {
        ThrowUnlessPositive(success);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(success, 1);
        return success == 1 ? 0 : (int)Math.Min(int.MaxValue, NextExponential() / -Math.Log(1 - success));
    }

    /// <summary>The number of successes among <paramref name="trials"/>. Time grows with the trials, so use it for small numbers.</summary>
    public int NextBinomial(int trials, double success)
    {
        var successes = 0;
        for (var i = 0; i < trials; i++)
        {
            if (NextDouble() < success) successes++;
        }

        return successes;
    }

    private static void ThrowUnlessPositive(
        double value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
    {
        // Written so that NaN fails too.
        if (!(value > 0) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "It must be a finite number above 0.");
        }
    }
}

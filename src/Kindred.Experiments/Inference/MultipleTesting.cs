using Kindred.Statistics;

namespace Kindred.Experiments.Inference;

/// <summary>p-values, adjusted for the number of tests in a family: compare each with the level of the family.</summary>
/// <remarks>NaN means that a test was impossible: it stays NaN and does not count.</remarks>
internal static class MultipleTesting
{
    /// <summary>Adjusts by Holm (1979): the probability of any false alarm among all tests stays below the level, however they depend on
    /// each other.</summary>
    /// <param name="p">One p-value per test.</param>
    /// <returns>One adjusted p-value per test, in the same order.</returns>
    public static double[] Holm(IReadOnlyList<double> p) => AdjustedPValues.Holm(p);

    /// <summary>
    /// Adjusts by Benjamini and Hochberg (1995): of the tests that alarm, the expected share of false alarms stays below the level, for
    /// tests that are independent or depend on each other positively.
    /// </summary>
    /// <inheritdoc cref="Holm"/>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => AdjustedPValues.BenjaminiHochberg(p);
}

using Kindred.Statistics;

namespace Kindred.Experiments.Inference;

/// <summary>p-values, adjusted for how many there are of a family: each is to be compared with the level of the family.</summary>
/// <remarks>A NaN is a test that could not be made: it stays NaN, and does not count.</remarks>
public static class MultipleTesting
{
    /// <summary>Holm (1979): the chance of even one false alarm among all the tests stays below the level, however they depend on each other.</summary>
    /// <param name="p">One a test.</param>
    /// <returns>One adjusted value a test, in the same order.</returns>
    public static double[] Holm(IReadOnlyList<double> p) => AdjustedPValues.Holm(p);

    /// <summary>
    /// Benjamini and Hochberg (1995): of the tests that alarm, the expected share of false alarms stays below the level, for tests that
    /// are independent or depend on each other positively.
    /// </summary>
    /// <inheritdoc cref="Holm"/>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => AdjustedPValues.BenjaminiHochberg(p);
}

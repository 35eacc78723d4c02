namespace Kindred.Evaluation;

/// <summary>The difference of two methods' average recall on the same seed lists.</summary>
public sealed record MethodDifference
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The method that it is compared with.</summary>
    public required string Other { get; init; }

    /// <summary>Mean difference in average recall: above zero if the method is ahead.</summary>
    public required Measured Difference { get; init; }

    /// <summary>The same difference relative to the other method: <see cref="Measured.RelativeGainOf"/>.</summary>
    public required Measured Gain { get; init; }

    /// <summary>Number of lists on which the method is ahead.</summary>
    public required int Ahead { get; init; }

    /// <summary>Number of lists on which it is behind.</summary>
    public required int Behind { get; init; }

    /// <summary>The p-value of the sign-flip test, which decides: <see cref="PairedTest.SignFlip"/>.</summary>
    public required double SignFlip { get; init; }

    /// <summary>The p-value of the paired t-test, for comparison: <see cref="PairedTest.StudentT"/>.</summary>
    public required double StudentT { get; init; }

    /// <summary><see cref="SignFlip"/> corrected for all comparisons of its family: <see cref="PairedTest.Holm"/>.</summary>
    public double Corrected { get; init; } = double.NaN;

    /// <summary>The tests of one method against another over some lists.</summary>
    /// <param name="method">The result of the method.</param>
    /// <param name="other">The result of the other method.</param>
    /// <param name="lists">Indexes of the lists to use.</param>
    /// <param name="seed">Seed of a test that draws sign patterns.</param>
    /// <param name="figure">The compared figure; null for average recall.</param>
    public static MethodDifference Of(
        EvaluationResult method, EvaluationResult other, IReadOnlyList<int> lists, ulong seed, Func<ListEvaluation, double>? figure = null)
    {
        figure ??= list => list.AverageRecall;
        double[] of = [.. lists.Select(i => figure(method.Lists[i]))], than = [.. lists.Select(i => figure(other.Lists[i]))];
        double[] differences = [.. of.Zip(than, (a, b) => a - b)];
        return new MethodDifference
        {
            Method = method.Method,
            Other = other.Method,
            Difference = Measured.MeanOf(differences),
            Gain = Measured.RelativeGainOf(of, than),
            Ahead = differences.Count(difference => difference > 0),
            Behind = differences.Count(difference => difference < 0),
            SignFlip = PairedTest.SignFlip(differences, seed),
            StudentT = PairedTest.StudentT(differences),
        };
    }

    /// <summary>The same differences with p-values corrected for all of them.</summary>
    public static IReadOnlyList<MethodDifference> Correct(IReadOnlyList<MethodDifference> family)
    {
        var corrected = PairedTest.Holm([.. family.Select(test => test.SignFlip)]);
        return [.. family.Zip(corrected, (test, value) => test with { Corrected = value })];
    }
}

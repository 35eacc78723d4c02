namespace Kindred.Privacy;

/// <summary>Estimates all users' scores from the scores of an exported audience, by least squares on the model inputs.</summary>
/// <remarks>The fit recovers a linear model exactly if the audience has more users than the model has parameters, and a network almost.
/// With fewer users, a surrogate model fills in what they do not determine.</remarks>
public static class ScoreFit
{
    private const double Penalty = 1e-6;

    /// <summary>Computes the scores of all users.</summary>
    /// <param name="crowd">The users.</param>
    /// <param name="export">Members and their scores.</param>
    /// <param name="surrogate">[users] scores of a model that the attacker trained.</param>
    public static double[] Predict(Crowd crowd, Export export, double[] surrogate)
    {
        // Columns: the inputs, standardised over the members; then the surrogate's score and a constant, both without penalty.
        var (inputs, count) = (crowd.Inputs, export.Members.Count);
        var columns = inputs + 2;
        var rows = export.Members.Select(member => RowOf(crowd, member, surrogate, columns)).ToArray();
        var (means, deviations) = (new double[columns], new double[columns]);
        for (var k = 0; k < columns; k++)
        {
            means[k] = k < columns - 1 ? rows.Average(row => row[k]) : 0;
            deviations[k] = k < columns - 1 ? Math.Max(1e-9, Math.Sqrt(rows.Average(row => (row[k] - means[k]) * (row[k] - means[k])))) : 1;
        }

        foreach (var row in rows) Standardize(row);
        var system = new double[columns, columns];
        var right = new double[columns];
        for (var m = 0; m < count; m++)
        {
            var row = rows[m];
            for (var i = 0; i < columns; i++)
            {
                right[i] += row[i] * export.Scores[m];
                for (var j = 0; j <= i; j++) system[i, j] += row[i] * row[j];
            }
        }

        for (var k = 0; k < columns; k++) system[k, k] += (k < inputs ? Penalty : 1e-12) * count;
        Solve(system, right);
        var scores = new double[crowd.Users.Count];
        Parallel.For(0, scores.Length, user =>
        {
            var row = RowOf(crowd, user, surrogate, columns);
            Standardize(row);
            for (var k = 0; k < columns; k++) scores[user] += row[k] * right[k];
        });
        return scores;

        void Standardize(double[] row)
        {
            for (var k = 0; k < columns; k++) row[k] = (row[k] - means[k]) / deviations[k];
        }
    }

    private static double[] RowOf(Crowd crowd, int user, double[] surrogate, int columns)
    {
        var row = new double[columns];
        crowd.Write(user, row);
        (row[^2], row[^1]) = (surrogate[user], 1);
        return row;
    }

    /// <summary>Solves a positive definite system by Cholesky factorisation, in place; reads only the lower half of the matrix.</summary>
    internal static void Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < j; k++) a[j, j] -= a[j, k] * a[j, k];
            a[j, j] = Math.Sqrt(Math.Max(a[j, j], 1e-300));
            for (var i = j + 1; i < n; i++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++) sum -= a[i, k] * a[j, k];
                a[i, j] = sum / a[j, j];
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) b[i] -= a[i, k] * b[k];
            b[i] /= a[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) b[i] -= a[k, i] * b[k];
            b[i] /= a[i, i];
        }
    }
}

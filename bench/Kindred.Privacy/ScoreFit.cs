namespace Kindred.Privacy;

/// <summary>Guesses everybody's score from the scores of an exported audience: least squares on what models see of a user.</summary>
/// <remarks>A linear model of fewer numbers than the audience has users is found exactly, a network nearly. Where there are fewer users than
/// numbers, what they leave open is as a surrogate model has it.</remarks>
public static class ScoreFit
{
    private const double Penalty = 1e-6;

    /// <summary>Everybody's score.</summary>
    /// <param name="crowd">The users.</param>
    /// <param name="export">Members and their scores.</param>
    /// <param name="surrogate">[users] scores of a model that the attacker made himself.</param>
    public static double[] Predict(Crowd crowd, Export export, double[] surrogate)
    {
        // Columns: inputs, of mean 0 and deviation 1 over the members, then the surrogate's score and a constant, which are not penalised.
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

    /// <summary>Solves a positive definite system by Cholesky's factors, in place; of the matrix the lower half is read.</summary>
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

using Kindred.Embeddings;
using Kindred.Tests.Numerics;

namespace Kindred.Tests.Embeddings;

/// <summary>
/// A plain implementation of implicit alternating least squares: dense, in double precision, with every row solved exactly.
/// </summary>
internal sealed class ReferenceIals
{
    private readonly double[][] _confidence;
    private readonly IalsOptions _options;

    public ReferenceIals(InteractionMatrix interactions, IalsOptions options)
    {
        _options = options;
        _confidence = new double[interactions.Users.Count][];
        for (var u = 0; u < _confidence.Length; u++)
        {
            _confidence[u] = new double[interactions.Items.Count];
            var columns = interactions.Rows.ColumnsOf(u);
            for (var i = 0; i < columns.Length; i++)
            {
                double weight = interactions.Rows.WeightsOf(u)[i];
                _confidence[u][columns[i]] = weight >= 1 ? 1 + Math.Log(weight) : weight;
            }
        }
    }

    /// <summary>The objective by brute force over all pairs.</summary>
    public double Objective(double[][] users, double[][] items)
    {
        double seen = 0, all = 0, ridge = 0;
        for (var u = 0; u < users.Length; u++)
        {
            for (var i = 0; i < items.Length; i++)
            {
                var product = Dot(users[u], items[i]);
                seen += _confidence[u][i] * (1 - product) * (1 - product);
                all += product * product;
            }

            ridge += (_confidence[u].Sum() + _options.UnobservedWeight * items.Length) * Dot(users[u], users[u]);
        }

        for (var i = 0; i < items.Length; i++)
        {
            ridge += (_confidence.Sum(row => row[i]) + _options.UnobservedWeight * users.Length) * Dot(items[i], items[i]);
        }

        return seen + _options.UnobservedWeight * all + _options.Regularization * ridge;
    }

    /// <summary>The exact minimum over the users, given the items.</summary>
    public double[][] SolveUsers(double[][] items) => [.. _confidence.Select(row => Solve(row, items))];

    /// <summary>The exact minimum over the items, given the users.</summary>
    public double[][] SolveItems(double[][] users) =>
        [.. Enumerable.Range(0, _confidence[0].Length).Select(i => Solve([.. _confidence.Select(row => row[i])], users))];

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private double[] Solve(double[] confidence, double[][] other)
    {
        var d = other[0].Length;
        var matrix = new double[d, d + 1];
        for (var k = 0; k < other.Length; k++)
        {
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j < d; j++) matrix[i, j] += (_options.UnobservedWeight + confidence[k]) * other[k][i] * other[k][j];
                matrix[i, d] += confidence[k] * other[k][i];
            }
        }

        for (var i = 0; i < d; i++) matrix[i, i] += _options.Regularization * (confidence.Sum() + _options.UnobservedWeight * other.Length);
        return LinearSystem.Solve(matrix);
    }
}

namespace Kindred.Tests.Numerics;

/// <summary>Gauss-Jordan elimination without pivoting: enough for positive definite matrices.</summary>
internal static class LinearSystem
{
    /// <summary>Solves A x = b.</summary>
    /// <param name="augmented">[n × (n + 1)] A with b as its last column; destroyed.</param>
    public static double[] Solve(double[,] augmented)
    {
        var n = augmented.GetLength(0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (j == i) continue;
                var factor = augmented[j, i] / augmented[i, i];
                for (var k = i; k <= n; k++) augmented[j, k] -= factor * augmented[i, k];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => augmented[i, n] / augmented[i, i])];
    }
}

using Kindred.Numerics;

namespace Kindred.SeedModels;

/// <summary>L2-regularised logistic regression on a dense training set, by Newton's method.</summary>
/// <remarks>
/// Minimises Σ w_i ln(1 + e^(−y_i z_i)) + λ/2 |θ|² over all columns but the last, the constant, which is not regularised.
/// </remarks>
internal static class LogisticRegression
{
    private const int MaxIterations = 30;

    // The constant needs a trace of regularisation where one class is empty of weight.
    private const double ConstantRegularization = 1e-6;

    // Newton's decrement (gradient · step) below which another step changes no score that matters.
    private const double Tolerance = 1e-4;

    /// <summary>Fits the weights.</summary>
    /// <param name="set">The rows.</param>
    /// <param name="labels">[rows] 1 or 0; may differ from those of the set.</param>
    /// <param name="weights">[rows] sample weights; 0 leaves a row out.</param>
    /// <param name="regularization">λ.</param>
    /// <param name="start">[columns] where to start, or null to start at the log-odds of the labels.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>[columns]; NaN where a weight or an input is.</returns>
    public static double[] Fit(
        TrainingSet set, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double regularization,
        double[]? start = null, CancellationToken cancellation = default)
    {
        var n = set.Columns;
        var theta = start is null ? AtLogOdds(labels, weights, n) : [.. start];
        var hessian = new double[n * n];
        var gradient = new double[n];
        using var accumulator = new GramMatrix.Accumulator(n);
        using var scratch = new AlignedMatrix(2, set.Inputs.Columns);
        var loss = Evaluate(set, labels, weights, theta, regularization, scratch, gradient, accumulator);

        if (!double.IsFinite(loss))
        {
            Array.Fill(theta, double.NaN);
            return theta;
        }

        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            accumulator.MoveTo(hessian);
            for (var i = 0; i < n; i++) hessian[i * n + i] += i == n - 1 ? ConstantRegularization : regularization;
            Factor(hessian, n);
            var step = (double[])gradient.Clone();
            Cholesky.Solve(hessian, n, step);

            var decrement = 0.0;
            for (var i = 0; i < n; i++) decrement += gradient[i] * step[i];
            if (!(decrement > Tolerance)) break;

            // The full step, halved while it overshoots; where rounding lets no step improve, this is the minimum.
            var next = new double[n];
            var nextLoss = double.PositiveInfinity;
            for (var length = 1.0; !(nextLoss <= loss) && length > 1e-3; length /= 2)
            {
                for (var i = 0; i < n; i++) next[i] = theta[i] - length * step[i];
                accumulator.Clear();
                nextLoss = Evaluate(set, labels, weights, next, regularization, scratch, gradient, accumulator);
            }

            if (!(nextLoss <= loss)) break;
            (theta, loss) = (next, nextLoss);
        }

        return theta;
    }

    /// <summary>Factors the Hessian; where rounding has made it indefinite, with as little added to its diagonal as that takes.</summary>
    private static void Factor(double[] hessian, int n)
    {
        var largest = 0.0;
        for (var i = 0; i < n; i++) largest = Math.Max(largest, hessian[i * n + i]);
        var original = (double[])hessian.Clone();
        for (var share = 1e-12; !Cholesky.Factor(hessian, n); share *= 10)
        {
            if (share > 1)
            {
                throw new KindredException(ErrorKind.BadInput,
                    "A logistic regression cannot be fitted: its Hessian is not positive definite. The likely cause is embeddings that are not finite, " +
                    "or a --regularization-per-dimension far below its default.");
            }

            original.CopyTo(hessian, 0);
            for (var i = 0; i < n; i++) hessian[i * n + i] += share * largest;
        }
    }

    /// <summary>z = inputs · θ for every row.</summary>
    public static float[] Predict(TrainingSet set, double[] theta)
    {
        using var weights = new AlignedMatrix(1, set.Inputs.Columns);
        for (var i = 0; i < theta.Length; i++) weights.Row(0)[i] = (float)theta[i];
        var scores = new float[set.Count];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = VectorKernels.Dot(set.Inputs.Row(row), weights.Row(0));
        }

        return scores;
    }

    private static double[] AtLogOdds(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, int columns)
    {
        double positive = 1e-3, negative = 1e-3;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] > 0) positive += weights[i];
            else negative += weights[i];
        }

        var theta = new double[columns];
        theta[^1] = PortableMath.Log(positive / negative);
        return theta;
    }

    /// <summary>The loss at θ; leaves its gradient, and in the accumulator the Hessian of the data part.</summary>
    private static double Evaluate(
        TrainingSet set, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double[] theta, double regularization,
        AlignedMatrix scratch, double[] gradient, GramMatrix.Accumulator accumulator)
    {
        Span<float> single = scratch.Row(0), chunkGradient = scratch.Row(1);
        for (var i = 0; i < theta.Length; i++) single[i] = (float)theta[i];
        Array.Clear(gradient);
        Span<float> curvature = stackalloc float[GramMatrix.ChunkRows];
        var loss = 0.0;
        for (var first = 0; first < set.Count; first += GramMatrix.ChunkRows)
        {
            var rows = Math.Min(GramMatrix.ChunkRows, set.Count - first);
            chunkGradient.Clear();
            for (var r = 0; r < rows; r++)
            {
                var x = set.Inputs.Row(first + r);
                double z = VectorKernels.Dot(x, single);
                double weight = weights[first + r], label = labels[first + r];
                var p = PortableMath.Sigmoid(z);
                loss += weight * (PortableMath.Softplus(z) - label * z);
                VectorKernels.AddScaled(chunkGradient, (float)(weight * (p - label)), x);
                curvature[r] = (float)(weight * p * (1 - p));
            }

            accumulator.Add(set.Inputs, first, rows, curvature[..rows]);
            for (var i = 0; i < gradient.Length; i++) gradient[i] += chunkGradient[i];
        }

        for (var i = 0; i < theta.Length; i++)
        {
            var ridge = i == theta.Length - 1 ? ConstantRegularization : regularization;
            gradient[i] += ridge * theta[i];
            loss += 0.5 * ridge * theta[i] * theta[i];
        }

        return loss;
    }
}

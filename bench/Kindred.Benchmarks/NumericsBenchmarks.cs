using BenchmarkDotNet.Attributes;
using Kindred.Bench.Data;
using Kindred.Numerics;

namespace Kindred.Benchmarks;

/// <summary>The kernels of training: exponentials, logarithms, logistic losses, Adam, and the linear algebra of small matrices.</summary>
public class NumericsBenchmarks : IDisposable
{
    private const int Numbers = 1024;
    private const int Parameters = 6_400;
    private const int Columns = 128;
    private const int Rows = 4_096;
    private const int Lanes = 16;
    private const int Regressions = 256 * Lanes;

    private readonly double[] _numbers = Array.ConvertAll(BenchNumbers.Uniform(1, 1, Numbers, 10), number => (double)number);
    private readonly float[] _parameters = BenchNumbers.Uniform(1, 2, Parameters);
    private readonly float[] _gradient = BenchNumbers.Uniform(1, 3, Parameters);
    private readonly float[] _ridge = new float[Parameters];
    private readonly double[] _factor = new double[Columns * Columns];
    private readonly double[] _eigenvalues = new double[Columns];
    private readonly double[] _eigenvectors = new double[Columns * Columns];
    private readonly float[] _scores = BenchNumbers.Uniform(1, 5, Regressions, 10);
    private readonly float[] _signed = BenchNumbers.Uniform(1, 6, Regressions);
    private readonly float[] _values = new float[Regressions];
    private readonly float[] _curvature = new float[Regressions];
    private readonly float[] _losses = Enumerable.Repeat(1f, Lanes).ToArray();
    private readonly float[] _products = Enumerable.Repeat(-1f, Lanes).ToArray();
    private readonly float[] _sums = new float[4 * Lanes];
    private readonly AlignedMatrix _moments = new(2, Parameters);
    private readonly AlignedMatrix _matrix = new(Rows, Columns);
    private double[] _gram = null!;

    [GlobalSetup]
    public void Setup()
    {
        BenchNumbers.Uniform(1, 4, (long)Rows * Columns).CopyTo(_matrix.RowRange(0, Rows));
        _gram = GramMatrix.Of(_matrix, threads: 1);
    }

    [Benchmark(OperationsPerInvoke = Numbers)]
    public double Exp()
    {
        var sum = 0.0;
        foreach (var number in _numbers) sum += PortableMath.Exp(number);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Numbers)]
    public double Softplus()
    {
        var sum = 0.0;
        foreach (var number in _numbers) sum += PortableMath.Softplus(number);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Regressions)]
    public void LogisticLoss() => Logistic(_losses);

    [Benchmark(OperationsPerInvoke = Regressions)]
    public void LogisticProduct() => Logistic(_products);

    [Benchmark]
    public void Adam() => AdamKernel.Step(_parameters, _gradient, _ridge, _moments, step: 10, learningRate: 1e-3);

    [Benchmark]
    public double[] Gram() => GramMatrix.Of(_matrix, threads: 1);

    [Benchmark]
    public bool CholeskyFactor()
    {
        _gram.CopyTo(_factor, 0);
        return Cholesky.Factor(_factor, Columns);
    }

    [Benchmark]
    public bool Eigenvectors()
    {
        // The decomposition overwrites the matrix.
        _gram.CopyTo(_factor, 0);
        return SymmetricEigen.Decompose(_factor, Columns, _eigenvalues, _eigenvectors);
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _moments.Dispose();
        _matrix.Dispose();
        GC.SuppressFinalize(this);
    }

    // The kernel overwrites its input and adds to the sums.
    private void Logistic(float[] asked)
    {
        _scores.CopyTo(_values, 0);
        Array.Clear(_sums);
        LogisticKernel.Run(_values, _curvature, _signed, asked, _sums);
    }
}

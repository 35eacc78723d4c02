using System.Text;
using Kindred.Networks.Linear;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Networks.Linear;

/// <summary>A linear model to fit, and the same problem as plain rows for a direct solution in double precision.</summary>
internal sealed class DenseProblem : IDisposable
{
    private readonly TestUser[] _users;
    private readonly MlpOptions _options;
    private readonly InputScale _scale;

    /// <summary>Seeds with weights 1, 2, 3, 1, … among active and inactive users.</summary>
    public DenseProblem(TestUser[] users, IEnumerable<string> seeds, MlpOptions options)
    {
        (_users, _options) = (users, options);
        Population = TestPopulation.Of(users, 2);
        Context = TestTraining.Context(Population);
        _scale = InputScale.Of(Population, options.Sample.SharedOf(Context.Pool));
        Task = TaskOf("list", seeds);
    }

    public Population Population { get; }

    public TrainingContext Context { get; }

    public LinearTask Task { get; set; }

    private double Ridge => _options.RegularizationPerDimension * Population.Dimension;

    public LinearTask TaskOf(string list, IEnumerable<string> seeds)
    {
        var match = SeedMatch.Of(TestPopulation.List(list, seeds), Population);
        return new LinearTask(match, [.. Enumerable.Range(0, match.Users.Count).Select(i => 1f + i % 3)]);
    }

    public LinearModel[] Fit(int threads, params LinearTask[] tasks) =>
        LinearFits.Fit(tasks, Context, _options, _scale, threads, null, TestContext.Current.CancellationToken);

    public LinearModel Fit() => Fit(1, Task)[0];

    /// <summary>The candidates that are not seeds, and the seeds.</summary>
    public (double Label, double Weight, double[] X)[] Rows()
    {
        var seeds = Task.Seeds.Users.Zip(_options.Sample.PositiveWeights(Task.Seeds, Task.SeedWeights, Population)).ToDictionary();
        var negatives = _options.Sample.SharedOf(Context.Pool).Users.Where(user => !seeds.ContainsKey(user));
        return [.. negatives.Select(user => (0.0, 1.0, User: user)).Concat(seeds.Select(seed => (1.0, (double)seed.Value, User: seed.Key)))
            .Where(row => Task.Takes?.Invoke(UserHash.Of(Population.UserId(row.User))) != false)
            .Select(row => (row.Item1, row.Item2, Row(row.User)))];
    }

    /// <summary>The minimum that Newton's method finds.</summary>
    public double[] Reference()
    {
        var rows = Rows();
        var theta = new double[_scale.Columns];
        for (var iteration = 0; iteration < 40; iteration++)
        {
            var system = new double[theta.Length, theta.Length + 1];
            foreach (var (label, weight, x) in rows)
            {
                var p = 1 / (1 + Math.Exp(-Dot(theta, x)));
                for (var i = 0; i < theta.Length; i++)
                {
                    system[i, theta.Length] += weight * (p - label) * x[i];
                    for (var j = 0; j < theta.Length; j++) system[i, j] += weight * p * (1 - p) * x[i] * x[j];
                }
            }

            for (var i = 0; i < theta.Length - 1; i++)
            {
                system[i, i] += Ridge;
                system[i, theta.Length] += Ridge * theta[i];
            }

            var step = LinearSystem.Solve(system);
            for (var i = 0; i < theta.Length; i++) theta[i] -= step[i];
        }

        return theta;
    }

    /// <summary>The summed loss with its regularisation.</summary>
    public double Loss(double[] theta) => DataLoss(theta) + 0.5 * Ridge * theta[..^1].Sum(value => value * value);

    /// <summary>The summed loss.</summary>
    public double DataLoss(double[] theta) =>
        Rows().Sum(row => row.Weight * Math.Log(1 + Math.Exp((1 - 2 * row.Label) * Dot(theta, row.X))));

    public static double Dot(double[] theta, double[] x) => theta.Zip(x, (a, b) => a * b).Sum();

    public void Dispose() => Population.Dispose();

    private double[] Row(UserRow user)
    {
        var of = _users.First(other => other.Id == Encoding.UTF8.GetString(Population.UserId(user)));
        var length = Math.Sqrt(of.Embedding.Sum(value => (double)value * value));
        var (mean, deviation) = Population.Activity;
        return [.. of.Embedding.Select(value => length > 0 ? value / Math.Sqrt(length) * _scale.Embedding : 0), 2 * (of.Activity - mean) / deviation, 1];
    }
}

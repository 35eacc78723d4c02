using Kindred.LinearModels.Logistic;
using Kindred.Networks.Mlp;
using Kindred.Numerics;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Networks.Linear;

/// <summary>A linear model to fit.</summary>
/// <param name="Seeds">The matched users to learn from.</param>
/// <param name="SeedWeights">One sample weight per seed.</param>
/// <param name="Takes">Selects the users that count, by their hashes; null for all.</param>
/// <param name="Start">A network of the population's dimension, whose linear part is the start; null to start at zero.</param>
internal readonly record struct LinearTask(SeedMatch Seeds, float[] SeedWeights, Func<ulong, bool>? Takes = null, Network? Start = null);

/// <summary>Fits L2-regularised logistic regressions on embedding and activity, for many lists together.</summary>
/// <remarks>
/// Minimises Σ w_i ln(1 + e^(−y_i z_i)) + λ/2 |θ|² for each list, the constant not regularised. The rows of the candidate pool are held
/// once for all lists, and read once for up to 32 of them: Newton's method with preconditioned conjugate gradients needs only products with
/// the rows (<see cref="NewtonSolver"/>; Lin, Weng, Keerthi 2008).
/// </remarks>
internal static class LinearFits
{
    /// <summary>Lists that share a pass over the rows.</summary>
    public const int MostLanes = 32;

    /// <summary>Users outside the pool whose rows are held at a time; more only if a single list has more.</summary>
    public const int MostOthers = 200_000;

    // The square of a preconditioned gradient estimates Newton's decrement in units of the summed loss. Below 1e-4 another step changes no
    // score that matters, even if the estimate is ten times too low. The relative part allows for rounding where λ is (nearly) zero.
    private const double Decrement = 1e-5, Relative = 1e-6;

    /// <summary>Fits every task; a model's bits depend neither on the other tasks nor on threads.</summary>
    /// <param name="tasks">The models to fit.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="options">The options.</param>
    /// <param name="scale">The scale of the shared candidates.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="done">Receives the number of each finished task; called from one thread at a time.</param>
    /// <param name="cancellation">Stops between passes over the rows.</param>
    /// <exception cref="TrainingDivergedException">A loss is not a finite number.</exception>
    public static LinearModel[] Fit(
        IReadOnlyList<LinearTask> tasks, TrainingContext context, MlpOptions options, InputScale scale, int threads,
        Action<int>? done, CancellationToken cancellation) =>
        new Fitting(tasks, context, options, scale, threads, done, cancellation).Run();

    private sealed class Fitting(
        IReadOnlyList<LinearTask> tasks, TrainingContext context, MlpOptions options, InputScale scale, int threads,
        Action<int>? done, CancellationToken cancellation)
    {
        private readonly CandidatePool _pool = options.Sample.SharedOf(context.Pool);
        private readonly LinearModel[] _models = new LinearModel[tasks.Count];

        public LinearModel[] Run()
        {
            // The largest lists go first: a large list at the end would keep one lane busy while the others wait.
            var order = Enumerable.Range(0, tasks.Count).OrderByDescending(task => tasks[task].Seeds.Users.Count).ToArray();
            for (int first = 0, next; first < order.Length; first = next)
            {
                next = first + 1;
                var others = OthersAtMost(tasks[order[first]]);
                while (next < order.Length && (others += OthersAtMost(tasks[order[next]])) <= MostOthers) next++;
                FitTogether(order[first..next]);
            }

            return _models;
        }

        private int OthersAtMost(LinearTask task) =>
            context.Population.Shards.Sum(shard => (long)shard.Count) - _pool.Users.Count > MostOthers ? task.Seeds.Users.Count : 0;

        private void FitTogether(int[] some)
        {
            var users = new SharedUsers(context.Population, _pool, [.. some.Select(task => tasks[task].Seeds)]);
            using var rows = new LinearRows(context.Population, users, scale, threads, cancellation);
            var ridge = options.RegularizationPerDimension * scale.Dimension;
            using var solver = new NewtonSolver(
                new LinearPass(rows, ridge, some.Length <= MostLanes / 2 ? MostLanes / 2 : MostLanes, threads, cancellation),
                new NewtonTolerance(Relative, Decrement), threads);
            solver.Solve(some, task => Begin(tasks[task], rows), (task, solution) =>
            {
                _models[task] = Model(tasks[task], solution);
                done?.Invoke(task);
            }, cancellation);
        }

        private LogisticTask Begin(LinearTask task, LinearRows rows)
        {
            var weights = options.Sample.PositiveWeights(task.Seeds, task.SeedWeights, context.Population);
            var (signed, _, _) = rows.Users.WeightsOf(task.Seeds, weights, 1);
            double positive = 1e-3, negative = 1e-3;
            for (var user = 0; user < signed.Length; user++)
            {
                if (task.Takes?.Invoke(rows.Users.HashOf(user)) == false) signed[user] = 0;
                if (signed[user] < 0) negative -= signed[user];
                else positive += signed[user];
            }

            // The offset in the bias of the start equals the current one unless the number of candidates changed. Then only the bias is
            // off, and the first step corrects it.
            return new LogisticTask(
                signed, PortableMath.Log(positive / negative),
                task.Start is { } start ? scale.Standardize(start.Skip, start.Bias - Offset(task)) : null);
        }

        private double Offset(LinearTask task)
        {
            var positives = Math.Min(options.MaxPositives, task.Seeds.Users.Count);
            return PortableMath.Log((double)_pool.Users.Count / _pool.Candidates / ((double)positives / task.Seeds.Users.Count));
        }

        private LinearModel Model(LinearTask task, LogisticSolution solution)
        {
            var signed = solution.Task.Signed;
            double[] theta = [.. solution.Weights, solution.Bias];
            var total = signed.Sum(weight => (double)Math.Abs(weight));
            var loss = solution.DataLoss / total;
            if (!double.IsFinite(loss) || !Array.TrueForAll(theta, double.IsFinite))
            {
                throw new TrainingDivergedException(task.Seeds.List.Id, 0, loss, task.SeedWeights.Max(), options.LearningRate);
            }

            var positives = Math.Min(options.MaxPositives, task.Seeds.Users.Count);
            return new LinearModel(theta, loss, positives, signed.Count(weight => weight < 0), solution.Lane.Passes, Offset(task), scale);
        }
    }
}

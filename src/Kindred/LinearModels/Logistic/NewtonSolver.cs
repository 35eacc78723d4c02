using Kindred.Numerics;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Logistic;

/// <summary>A regression to fit.</summary>
/// <param name="Signed">[users] weights, negative for users who are not seeds.</param>
/// <param name="Bias">The initial bias; weights start at zero.</param>
/// <param name="Start">[features + 1] another start, the bias last, used if its loss is lower; null for none.</param>
internal readonly record struct LogisticTask(float[] Signed, double Bias, double[]? Start = null)
{
    /// <summary>The loss at the bias alone.</summary>
    public double LossOfBias()
    {
        double positive = 0, negative = 0;
        foreach (var weight in Signed)
        {
            positive += Math.Max(0, weight);
            negative += Math.Max(0, -weight);
        }

        return positive * PortableMath.Softplus(-Bias) + negative * PortableMath.Softplus(Bias);
    }
}

/// <summary>A fitted regression.</summary>
/// <param name="Weights">[features].</param>
/// <param name="Bias">The log-odds of a user without features.</param>
/// <param name="DataLoss">The loss without its regularisation.</param>
/// <param name="Task">The fitted regression's task.</param>
/// <param name="Lane">The lane that found it.</param>
internal sealed record LogisticSolution(float[] Weights, float Bias, double DataLoss, LogisticTask Task, NewtonLane Lane);

/// <summary>Fits many logistic regressions on the same users, one per lane, and gives a finished lane to the next list.</summary>
/// <remarks>
/// Lanes share only the passes over the users: one evaluates its loss while another runs conjugate gradients, and a lane's bits do not
/// depend on its neighbours.
/// </remarks>
internal sealed class NewtonSolver : IDisposable
{
    private readonly int _lanes;
    private readonly int _threads;
    private readonly NewtonTolerance _tolerance;
    private readonly ILogisticPass _pass;
    private readonly AlignedMatrix _theta, _step, _residual, _input, _output;
    private readonly NewtonLane?[] _at;
    private readonly LogisticTask[] _tasks;

    /// <param name="pass">The users; disposed of with the solver.</param>
    /// <param name="tolerance">The gradient at which a regression is fitted.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    public NewtonSolver(ILogisticPass pass, NewtonTolerance tolerance, int threads)
    {
        (_pass, _tolerance, _threads, _lanes) = (pass, tolerance, threads, pass.Lanes);
        _at = new NewtonLane?[_lanes];
        _tasks = new LogisticTask[_lanes];
        _theta = new AlignedMatrix(_pass.Features + 1, _lanes);
        _step = new AlignedMatrix(_pass.Features + 1, _lanes);
        _residual = new AlignedMatrix(_pass.Features + 1, _lanes);
        _input = new AlignedMatrix(_pass.Features + 1, _lanes);
        _output = new AlignedMatrix(_pass.Features + 1, _lanes);
    }

    /// <summary>Fits every list.</summary>
    /// <param name="lists">The lists in the order in which they get a lane.</param>
    /// <param name="begin">Gives a list's task.</param>
    /// <param name="finish">Takes a list's solution.</param>
    /// <param name="cancellation">Stops between passes.</param>
    public void Solve(
        IEnumerable<int> lists, Func<int, LogisticTask> begin, Action<int, LogisticSolution> finish, CancellationToken cancellation)
    {
        var left = new Queue<int>(lists);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var lane = 0; lane < _lanes; lane++)
            {
                if (_at[lane] is null && left.TryDequeue(out var list)) Begin(lane, list, begin(list));
            }

            if (Array.TrueForAll(_at, lane => lane is null)) return;
            Advance(cancellation);
            for (var lane = 0; lane < _lanes; lane++)
            {
                if (_at[lane] is { Refused: true } refused) BeginWithoutStart(lane, refused);
                if (_at[lane] is not { Done: true } done) continue;
                finish(done.List, Solution(lane, done));
                _at[lane] = null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pass.Dispose();
        foreach (var matrix in new[] { _theta, _step, _residual, _input, _output }) matrix.Dispose();
    }

    private void Begin(int lane, int list, LogisticTask task)
    {
        _tasks[lane] = task;
        _pass.SetLane(lane, task.Signed);
        _at[lane] = new NewtonLane { List = list, Tolerance = _tolerance, MostLoss = task.Start is null ? null : task.LossOfBias() };

        // The input of a lane without a list is zero, and the first evaluation sets everything else.
        _input.Row(_pass.Features)[lane] = (float)task.Bias;
        if (task.Start is not { } start) return;
        for (var k = 0; k <= _pass.Features; k++) _input.Row(k)[lane] = (float)start[k];
    }

    /// <summary>Restarts a list from zero if its start is no better.</summary>
    private void BeginWithoutStart(int lane, NewtonLane refused)
    {
        // The result of the start may be NaN or infinite, and zero times that is NaN.
        foreach (var matrix in new[] { _theta, _step, _residual, _input, _output })
        {
            for (var k = 0; k <= _pass.Features; k++) matrix.Row(k)[lane] = 0;
        }

        _at[lane] = new NewtonLane { List = refused.List, Tolerance = _tolerance, Passes = refused.Passes };
        _input.Row(_pass.Features)[lane] = (float)_tasks[lane].Bias;
    }

    /// <summary>Runs one pass and updates every lane with its result.</summary>
    private void Advance(CancellationToken cancellation)
    {
        var losses = _pass.Run(_input, _output, Array.ConvertAll(_at, lane => lane is null ? 0 : lane.Evaluating ? 1f : -1), cancellation);
        var dots = Sweep(2, (first, rows, sums) =>
        {
            ReadOnlySpan<float> input = _input.RowRange(first, rows), output = _output.RowRange(first, rows);
            ProblemLaneKernels.AddDots(input, output, sums[.._lanes]);
            ProblemLaneKernels.AddDots(input, input, sums[_lanes..]);
        }, cancellation);

        float[] ones = Filled(1), thetaKept = Filled(1), thetaNew = Filled(0), stepKept = Filled(1), stepNew = Filled(0),
            residualKept = Filled(1), residualNew = Filled(0);
        for (var lane = 0; lane < _lanes; lane++)
        {
            if (_at[lane] is not { } at) continue;
            double bias = _input.Row(_pass.Features)[lane];
            var loss = losses[lane] + 0.5 * _pass.Ridge * (dots[_lanes + lane] - bias * bias);
            var (theta, step, residual) = at.AfterPass(loss, dots[lane]);
            (thetaKept[lane], thetaNew[lane]) = (theta.Itself, theta.Other);
            (stepKept[lane], stepNew[lane]) = (step.Itself, step.Other);
            (residualKept[lane], residualNew[lane]) = (residual.Itself, residual.Other);
        }

        Sweep(0, (first, rows, _) =>
        {
            ReadOnlySpan<float> input = _input.RowRange(first, rows), output = _output.RowRange(first, rows);
            ProblemLaneKernels.Combine(_theta.RowRange(first, rows), thetaKept, thetaNew, input);
            ProblemLaneKernels.Combine(_step.RowRange(first, rows), stepKept, stepNew, input);
            ProblemLaneKernels.Combine(_residual.RowRange(first, rows), residualKept, residualNew, output);
        }, cancellation);
        var preconditioned = _pass.Precondition(_residual, cancellation);
        var squares = Sweep(1, (first, rows, sums) =>
            ProblemLaneKernels.AddDots(_residual.RowRange(first, rows), preconditioned.RowRange(first, rows), sums), cancellation);

        float[] kept = Filled(0), ofResidual = Filled(0), ofTheta = Filled(0), ofStep = Filled(0);
        for (var lane = 0; lane < _lanes; lane++)
        {
            if (_at[lane] is { } at) (kept[lane], ofResidual[lane], ofTheta[lane], ofStep[lane]) = at.NextInput(squares[lane]);
        }

        Sweep(0, (first, rows, _) =>
        {
            var input = _input.RowRange(first, rows);
            ProblemLaneKernels.Combine(input, kept, ofResidual, preconditioned.RowRange(first, rows));
            ProblemLaneKernels.Combine(input, ones, ofTheta, _theta.RowRange(first, rows));
            ProblemLaneKernels.Combine(input, ones, ofStep, _step.RowRange(first, rows));
        }, cancellation);
    }

    private double[] Sweep(int sumsPerLane, SweepBody body, CancellationToken cancellation) =>
        LaneSweep.Run(_threads, _pass.Features + 1, sumsPerLane * _lanes, body, cancellation);

    private LogisticSolution Solution(int lane, NewtonLane done)
    {
        // −0 and 0 count as the same weight.
        var weights = new float[_pass.Features];
        for (var feature = 0; feature < weights.Length; feature++) weights[feature] = _theta.Row(feature)[lane] + 0f;
        var square = 0.0;
        foreach (var weight in weights) square += (double)weight * weight;
        return new LogisticSolution(weights, _theta.Row(_pass.Features)[lane], done.Loss - 0.5 * _pass.Ridge * square, _tasks[lane], done);
    }

    private float[] Filled(float value)
    {
        var filled = new float[_lanes];
        Array.Fill(filled, value);
        return filled;
    }
}

namespace Kindred.SeedModels.Regression;

/// <summary>Where the minimisation of one lane stands: Newton's method with conjugate gradients and a line search.</summary>
/// <remarks>
/// After each pass the lane is told what came of it and says how its vectors go on: θ and step and residual first, then, when the
/// new residual is known, the input of the next pass. The vectors themselves are in <see cref="RegressionSolver"/>.
/// </remarks>
internal sealed class NewtonLane
{
    private const int MaxSteps = 100;
    private const int MaxInnerSteps = 200;

    // |gradient| over that at the start below which another step changes no rank that matters.
    private const double Tolerance = 1e-4;

    // |residual| over |gradient| at which a step of Newton's method is good enough, at first; nearer to the minimum, steps are finer.
    private const double InnerTolerance = 0.3;

    // The share of the promised decrease that a step must bring, and the part of the loss that is lost in rounding.
    private const double Decrease = 1e-4, Rounding = 1e-8;

    private double _loss, _slope, _startSquared, _residualSquared, _enoughSquared;
    private float _share;
    private int _innerSteps;
    private bool _hasLoss;

    /// <summary>The list that is fitted.</summary>
    public required int List { get; init; }

    /// <summary>Whether the next pass evaluates the loss at a trial; otherwise it is a product of conjugate gradients.</summary>
    public bool Evaluating { get; private set; } = true;

    /// <summary>Whether θ is the minimum.</summary>
    public bool Done { get; private set; }

    /// <summary>The loss at θ.</summary>
    public double Loss => _loss;

    /// <summary>Steps of Newton's method.</summary>
    public int Steps { get; private set; }

    /// <summary>Passes over the items.</summary>
    public int Passes { get; private set; }

    /// <summary>How θ, step and residual go on, from the loss at a trial or from a product.</summary>
    public (Mix Theta, Mix Step, Mix Residual) AfterPass(double loss, double inputOutput, double outputSquared)
    {
        Passes++;
        return Evaluating ? AfterTrial(loss, outputSquared) : AfterProduct(inputOutput);
    }

    /// <summary>The next pass's input: a of itself and shares of residual, θ and step.</summary>
    public (float Itself, float Residual, float Theta, float Step) NextInput(double residualSquared)
    {
        if (Done) return default;
        if (Evaluating) return (0, 0, 1, _share);
        if (_innerSteps == 0) return (0, 1, 0, 0);
        if (residualSquared <= _enoughSquared || _innerSteps >= MaxInnerSteps)
        {
            Done = -_slope < Rounding * _loss;
            // Where the step would change nothing, θ is the minimum: the lane's input becomes zero, as its next list must find it.
            if (Done) return default;
            Evaluating = true;
            _share = 1;
            return (0, 0, 1, 1);
        }

        var conjugate = residualSquared / _residualSquared;
        _residualSquared = residualSquared;
        return ((float)conjugate, 1, 0, 0);
    }

    private (Mix Theta, Mix Step, Mix Residual) AfterTrial(double loss, double gradientSquared)
    {
        if (_hasLoss && !(loss <= _loss + Decrease * _share * _slope + Rounding * _loss))
        {
            // The step overshoots; where rounding lets no step improve, this is the minimum.
            _share /= 2;
            Done = _share < 1e-6;
            return (Mix.Keep, Mix.Keep, Mix.Keep);
        }

        if (!_hasLoss) _startSquared = gradientSquared;
        (_loss, _hasLoss) = (loss, true);
        Done = !(gradientSquared > Tolerance * Tolerance * _startSquared) || Steps >= MaxSteps;
        Steps += Done ? 0 : 1;
        Evaluating = false;
        (_slope, _innerSteps) = (0, 0);
        var inner = Math.Min(InnerTolerance * InnerTolerance, Math.Sqrt(gradientSquared / _startSquared));
        (_residualSquared, _enoughSquared) = (gradientSquared, inner * gradientSquared);
        return (new Mix(0, 1), new Mix(0, 0), new Mix(0, -1));
    }

    private (Mix Theta, Mix Step, Mix Residual) AfterProduct(double curvature)
    {
        _innerSteps++;
        if (!(curvature > 0))
        {
            _enoughSquared = double.PositiveInfinity;
            return (Mix.Keep, Mix.Keep, Mix.Keep);
        }

        var length = _residualSquared / curvature;
        _slope -= length * _residualSquared;
        return (Mix.Keep, new Mix(1, (float)length), new Mix(1, -(float)length));
    }

    /// <summary>How a vector goes on: a of itself and b of the input (of the output, for a residual).</summary>
    public readonly record struct Mix(float Itself, float Other)
    {
        /// <summary>As it is.</summary>
        public static Mix Keep => new(1, 0);
    }
}

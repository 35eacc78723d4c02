namespace Kindred.LinearModels.Logistic;

/// <summary>Where the minimisation of one lane stands: Newton's method with conjugate gradients and a line search.</summary>
/// <remarks>
/// After each pass the lane is told what came of it and says how its vectors go on: θ and step and residual first, then, when the
/// new residual is known, the input of the next pass. The vectors themselves are in <see cref="NewtonSolver"/>. Squares of gradients
/// and residuals r are r·M⁻¹r with what stands for the inverse Hessian: <see cref="ILogisticPass.Precondition"/>.
/// </remarks>
internal sealed class NewtonLane
{
    private const int MaxSteps = 100;
    private const int MaxInnerSteps = 200;

    // |residual| over |gradient| at which a step of Newton's method is good enough, at first; nearer to the minimum, steps are finer.
    private const double InnerTolerance = 0.3;

    // The same, squared, where the lane began near the minimum: steps are fine at once, but no finer than the end asks for.
    private const double InnerFromStart = 1e-3, EnoughFromStart = 0.3;

    // The share of the promised decrease that a step must bring, and the part of the loss that is lost in rounding.
    private const double Decrease = 1e-4, Rounding = 1e-8;

    private double _slope, _startSquared, _residualSquared, _enoughSquared;
    private float _share;
    private int _innerSteps;
    private bool _hasLoss, _isNewGradient;

    /// <summary>The list that is fitted.</summary>
    public required int List { get; init; }

    /// <summary>When the gradient is small enough.</summary>
    public required NewtonTolerance Tolerance { get; init; }

    /// <summary>The loss at which a start is refused, or null to begin wherever the first input is.</summary>
    public double? MostLoss { get; init; }

    /// <summary>Whether the start was refused.</summary>
    public bool Refused { get; private set; }

    /// <summary>Whether the next pass evaluates the loss at a trial; otherwise it is a product of conjugate gradients.</summary>
    public bool Evaluating { get; private set; } = true;

    /// <summary>Whether θ is the minimum.</summary>
    public bool Done { get; private set; }

    /// <summary>The loss at θ, with its regularisation.</summary>
    public double Loss { get; private set; }

    /// <summary>Steps of Newton's method.</summary>
    public int Steps { get; private set; }

    /// <summary>Passes over the users.</summary>
    public int Passes { get; set; }

    /// <summary>How θ, step and residual go on, from the loss at a trial or from a product and its scalar product with the input.</summary>
    public (Mix Theta, Mix Step, Mix Residual) AfterPass(double loss, double inputOutput)
    {
        Passes++;
        return Evaluating ? AfterTrial(loss) : AfterProduct(inputOutput);
    }

    /// <summary>The next pass's input: a of itself and shares of the preconditioned residual, θ and step.</summary>
    public (float Itself, float Residual, float Theta, float Step) NextInput(double residualSquared)
    {
        if (Refused) return default;
        if (_isNewGradient) BeginStep(residualSquared);
        if (Done) return default;
        if (Evaluating) return (0, 0, 1, _share);
        if (_innerSteps == 0) return (0, 1, 0, 0);
        if (residualSquared <= _enoughSquared || _innerSteps >= MaxInnerSteps)
        {
            Done = -_slope < Rounding * Loss;
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

    private (Mix Theta, Mix Step, Mix Residual) AfterTrial(double loss)
    {
        if (!_hasLoss && MostLoss is { } most && !(loss < most))
        {
            Refused = true;
            return (Mix.Keep, Mix.Keep, Mix.Keep);
        }

        if (_hasLoss && !(loss <= Loss + Decrease * _share * _slope + Rounding * Loss))
        {
            // The step overshoots; where rounding lets no step improve, this is the minimum.
            _share /= 2;
            Done = _share < 1e-6;
            return (Mix.Keep, Mix.Keep, Mix.Keep);
        }

        (Loss, Evaluating, _isNewGradient) = (loss, false, true);
        return (new Mix(0, 1), new Mix(0, 0), new Mix(0, -1));
    }

    /// <summary>The residual is the gradient at a new θ.</summary>
    private void BeginStep(double gradientSquared)
    {
        if (!_hasLoss) _startSquared = gradientSquared;
        (_hasLoss, _isNewGradient) = (true, false);
        var enough = Tolerance.Of(_startSquared);
        Done = !(gradientSquared > enough) || Steps >= MaxSteps;
        Steps += Done ? 0 : 1;
        (_slope, _innerSteps) = (0, 0);
        var inner = MostLoss is null ? Math.Sqrt(gradientSquared / _startSquared) : Math.Max(InnerFromStart, EnoughFromStart * enough / gradientSquared);
        (_residualSquared, _enoughSquared) = (gradientSquared, Math.Min(InnerTolerance * InnerTolerance, inner) * gradientSquared);
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

/// <summary>When a gradient is small enough: where |gradient|² is at most <see cref="Squared"/>, or |gradient| that part of its size at the start.</summary>
internal readonly record struct NewtonTolerance(double Relative, double Squared)
{
    /// <summary>The largest |gradient|² that is small enough.</summary>
    public double Of(double startSquared) => Math.Max(Squared, Relative * Relative * startSquared);
}

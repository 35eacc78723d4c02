namespace Kindred.LinearModels.Logistic;

/// <summary>The state of one lane's minimisation by Newton's method with conjugate gradients and a line search.</summary>
/// <remarks>
/// After each pass the lane receives its result and decides how its vectors change: first θ, step and residual; then, once the new residual
/// is known, the input of the next pass. The vectors themselves are in <see cref="NewtonSolver"/>. Squares of gradients and residuals r are
/// r·M⁻¹r, where M⁻¹ approximates the inverse Hessian: <see cref="ILogisticPass.Precondition"/>.
/// </remarks>
internal sealed class NewtonLane
{
    private const int MaxSteps = 100;
    private const int MaxInnerSteps = 200;

    // The first Newton step is accurate enough at this ratio of |residual| to |gradient|; nearer to the minimum, steps are more accurate.
    private const double InnerTolerance = 0.3;

    // The same, squared, for a lane that starts near the minimum: its steps are accurate from the start, but not more than the tolerance
    // needs.
    private const double InnerFromStart = 1e-3, EnoughFromStart = 0.3;

    // The minimum share of the predicted decrease that a step must achieve, and the relative rounding error of the loss.
    private const double Decrease = 1e-4, Rounding = 1e-8;

    private double _slope, _startSquared, _residualSquared, _enoughSquared;
    private float _share;
    private int _innerSteps;
    private bool _hasLoss, _isNewGradient;

    /// <summary>The list that is fitted.</summary>
    public required int List { get; init; }

    /// <summary>The gradient at which the lane stops.</summary>
    public required NewtonTolerance Tolerance { get; init; }

    /// <summary>The loss from which a start is refused; null to accept any start.</summary>
    public double? MostLoss { get; init; }

    /// <summary>True if the start was refused.</summary>
    public bool Refused { get; private set; }

    /// <summary>True if the next pass evaluates the loss at a trial point; false if it computes a product for conjugate
    /// gradients.</summary>
    public bool Evaluating { get; private set; } = true;

    /// <summary>True if θ is the minimum.</summary>
    public bool Done { get; private set; }

    /// <summary>The loss at θ, with its regularisation.</summary>
    public double Loss { get; private set; }

    /// <summary>Steps of Newton's method.</summary>
    public int Steps { get; private set; }

    /// <summary>Passes over the users.</summary>
    public int Passes { get; set; }

    /// <summary>Updates θ, step and residual from the loss at a trial point, or from a product and its scalar product with the
    /// input.</summary>
    public (Mix Theta, Mix Step, Mix Residual) AfterPass(double loss, double inputOutput)
    {
        Passes++;
        return Evaluating ? AfterTrial(loss) : AfterProduct(inputOutput);
    }

    /// <summary>The input of the next pass: a times itself plus shares of the preconditioned residual, θ and step.</summary>
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
            // If the step would change nothing, θ is the minimum. The lane's input becomes zero, because its next list must start from
            // zero.
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
            // The step overshoots. If rounding prevents every step from improving, this is the minimum.
            _share /= 2;
            Done = _share < 1e-6;
            return (Mix.Keep, Mix.Keep, Mix.Keep);
        }

        (Loss, Evaluating, _isNewGradient) = (loss, false, true);
        return (new Mix(0, 1), new Mix(0, 0), new Mix(0, -1));
    }

    /// <summary>Makes the gradient at a new θ the residual.</summary>
    private void BeginStep(double gradientSquared)
    {
        if (!_hasLoss) _startSquared = gradientSquared;
        (_hasLoss, _isNewGradient) = (true, false);
        var enough = Tolerance.Of(_startSquared);
        Done = !(gradientSquared > enough) || Steps >= MaxSteps;
        Steps += Done ? 0 : 1;
        (_slope, _innerSteps) = (0, 0);
        var inner = MostLoss is null ? Math.Sqrt(gradientSquared / _startSquared)
            : Math.Max(InnerFromStart, EnoughFromStart * enough / gradientSquared);
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

    /// <summary>The update of a vector: a times itself plus b times the input (or the output, for a residual).</summary>
    public readonly record struct Mix(float Itself, float Other)
    {
        /// <summary>No change.</summary>
        public static Mix Keep => new(1, 0);
    }
}

/// <summary>The tolerance of a gradient: |gradient|² is at most <see cref="Squared"/>, or |gradient| is at most this share of its size at
/// the start.</summary>
internal readonly record struct NewtonTolerance(double Relative, double Squared)
{
    /// <summary>The maximum |gradient|².</summary>
    public double Of(double startSquared) => Math.Max(Squared, Relative * Relative * startSquared);
}

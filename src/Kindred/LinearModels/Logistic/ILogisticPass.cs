using Kindred.Numerics;

namespace Kindred.LinearModels.Logistic;

/// <summary>One pass over all users for many logistic regressions, one per lane: from weights to scores, to the loss, and back to
/// gradients.</summary>
/// <remarks>
/// For weights θ of features and bias (the last row of a matrix [features + 1 × lanes]) a lane gets either
/// <code>
///     loss:     Σ w ln(1 + e^(−y z)) with z = Xθ, the gradient Xᵀ(−y w (1 − p)) + Rθ, and stores the curvatures h = w p (1 − p)
///     product:  (Xᵀ diag(h) X + R) θ with the stored curvatures
/// </code>
/// where R is the ridge for features and 0 for the bias. A lane's bits depend neither on other lanes nor on threads.
/// </remarks>
internal interface ILogisticPass : IDisposable
{
    /// <summary>Number of features; the bias is the row after them.</summary>
    int Features { get; }

    /// <summary>Regressions side by side, a multiple of 8.</summary>
    int Lanes { get; }

    /// <summary>R of a feature.</summary>
    float Ridge { get; }

    /// <summary>Assigns a lane to a list.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="signed">[users] weights, negative for users who are not seeds.</param>
    void SetLane(int lane, ReadOnlySpan<float> signed);

    /// <summary>Runs the pass.</summary>
    /// <param name="input">[features + 1 × lanes] θ; zero in idle lanes.</param>
    /// <param name="output">[features + 1 × lanes] receives the gradients or products.</param>
    /// <param name="asked">[lanes] 1 for the loss and its gradient, −1 for a product, 0 for an idle lane.</param>
    /// <param name="cancellation">Stops between blocks of users.</param>
    /// <returns>[lanes] the losses without regularisation; zero in lanes without a loss.</returns>
    double[] Run(AlignedMatrix input, AlignedMatrix output, float[] asked, CancellationToken cancellation);

    /// <summary>Multiplies residuals by an approximation of the inverse Hessian, so that conjugate gradients take fewer steps.</summary>
    /// <param name="residuals">[features + 1 × lanes].</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>A matrix of the same size; the residuals themselves if there is no approximation.</returns>
    AlignedMatrix Precondition(AlignedMatrix residuals, CancellationToken cancellation);
}

using Kindred.Numerics;

namespace Kindred.LinearModels.Logistic;

/// <summary>One pass over all users for many logistic regressions, a lane each: scores from weights, what the loss makes of them, and back.</summary>
/// <remarks>
/// For weights θ of features and bias (the last row of a matrix [features + 1 × lanes]) a lane gets either
/// <code>
///     loss:     Σ w ln(1 + e^(−y z)) with z = Xθ, the gradient Xᵀ(−y w (1 − p)) + Rθ, and keeps the curvatures h = w p (1 − p)
///     product:  (Xᵀ diag(h) X + R) θ with the curvatures kept
/// </code>
/// where R is the ridge for features and 0 for the bias. A lane's bits depend neither on other lanes nor on threads.
/// </remarks>
internal interface ILogisticPass : IDisposable
{
    /// <summary>Features; the bias is the row behind them.</summary>
    int Features { get; }

    /// <summary>Regressions side by side, a multiple of 8.</summary>
    int Lanes { get; }

    /// <summary>R of a feature.</summary>
    float Ridge { get; }

    /// <summary>Gives a lane to a list.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="signed">[users] weights, with a minus for users who are no seeds.</param>
    void SetLane(int lane, ReadOnlySpan<float> signed);

    /// <summary>Runs the pass.</summary>
    /// <param name="input">[features + 1 × lanes] θ; zero in lanes that ask for nothing.</param>
    /// <param name="output">[features + 1 × lanes] where to write the gradients or products.</param>
    /// <param name="asked">[lanes] 1 where the loss and its gradient are asked for, −1 where a product is, 0 for nothing.</param>
    /// <param name="cancellation">Stops between blocks of users.</param>
    /// <returns>[lanes] the losses without regularisation, zero where none was asked for.</returns>
    double[] Run(AlignedMatrix input, AlignedMatrix output, float[] asked, CancellationToken cancellation);

    /// <summary>Multiplies residuals with what stands for the inverse Hessian, so that conjugate gradients take fewer steps.</summary>
    /// <param name="residuals">[features + 1 × lanes].</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>As large; the residuals themselves where nothing stands for it.</returns>
    AlignedMatrix Precondition(AlignedMatrix residuals, CancellationToken cancellation);
}

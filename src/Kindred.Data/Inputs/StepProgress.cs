namespace Kindred.Data.Inputs;

/// <summary>Reports the progress of reading as a step's progress.</summary>
/// <param name="step">The step that is shown.</param>
public sealed class StepProgress(IProgressStep step) : IProgress<ReadProgress>
{
    /// <inheritdoc/>
    public void Report(ReadProgress value) => step.Report(value.Fraction);
}

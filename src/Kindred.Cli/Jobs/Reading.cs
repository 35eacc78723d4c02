using Kindred.Data.Inputs;

namespace Kindred.Cli.Jobs;

/// <summary>Shows how far reading has come.</summary>
internal sealed class Reading(IProgressStep step) : IProgress<ReadProgress>
{
    public void Report(ReadProgress value) => step.Report(value.Fraction);
}

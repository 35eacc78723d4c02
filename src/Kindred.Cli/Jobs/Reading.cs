using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;

namespace Kindred.Cli.Jobs;

/// <summary>Shows how far reading has come.</summary>
internal sealed class Reading(ProgressLine line) : IProgress<ReadProgress>
{
    public void Report(ReadProgress value) => line.Report(value.Fraction);
}

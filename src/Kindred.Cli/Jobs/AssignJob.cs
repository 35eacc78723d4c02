using System.Text;
using Kindred.Cli.Terminal;
using Kindred.Data.Tables;
using Kindred.Experiments.Assignment;
using Kindred.Experiments.Inference;

namespace Kindred.Cli.Jobs;

/// <summary>Assigns the units of files, in their order; those that are not in the experiment are counted and not written.</summary>
internal static class AssignJob
{
    private const int RowsBetweenReports = 1 << 16;

    /// <param name="assignment">The assignment.</param>
    /// <param name="request">Which units, and where to.</param>
    /// <param name="screen">Where rows go without a file, and progress.</param>
    /// <param name="cancellation">Stops the job; a file that is not whole is taken away.</param>
    public static AssignResult Run(UnitAssignment assignment, AssignRequest request, Screen screen, CancellationToken cancellation)
    {
        if (request is { Out: { } file, Replace: false } && File.Exists(file))
        {
            throw new KindredException(ErrorKind.Output, $"{file} is there already, and is left as it is. Give --replace to replace it, or another name.");
        }

        using var rows = request.CountOnly ? null : AssignmentRows.Open(request, screen.Output);
        var (counts, outside, read) = (new long[assignment.Arms.Count], 0L, 0L);
        byte[][] arms = [.. assignment.Arms.Select(arm => Encoding.UTF8.GetBytes(arm.Name))];
        using (var line = screen.Start("Assigning"))
        {
            for (var i = 0; i < request.Units.Count; i++)
            {
                using var table = TableReader.OpenIds(request.Units[i], request.Column, cancellation);
                var column = table.RequireIds(request.Column);
                while (table.Read())
                {
                    var unit = table.Id(column);
                    var arm = assignment.Arm(unit);
                    if (arm < 0) outside++;
                    else
                    {
                        counts[arm]++;
                        rows?.Write(unit, arms[arm]);
                    }

                    if (++read % RowsBetweenReports != 0) continue;
                    cancellation.ThrowIfCancellationRequested();
                    line.Report((i + table.Progress) / request.Units.Count);
                }
            }
        }

        cancellation.ThrowIfCancellationRequested();
        rows?.Complete();
        double[] weights = [.. assignment.Arms.Select(arm => (double)arm.Weight)];
        return new AssignResult(assignment, counts, outside, counts.Sum() > 0 ? SampleRatioTest.Of(counts, weights) : null, request.Alarm);
    }
}

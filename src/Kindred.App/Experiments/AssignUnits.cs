using System.Text;
using Kindred.Data.Tables;
using Kindred.Experiments.Assignment;
using Kindred.Experiments.Inference;

namespace Kindred.App.Experiments;

/// <summary>Assigns the units of files in their order. Units outside the experiment are counted but not written.</summary>
public static class AssignUnits
{
    private const int RowsBetweenReports = 1 << 16;

    /// <param name="assignment">The assignment.</param>
    /// <param name="request">The units and the output.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; an incomplete file is removed.</param>
    public static AssignedUnits Run(UnitAssignment assignment, AssignUnitsRequest request, IProgressReporter progress,
        CancellationToken cancellation)
    {
        if (request is { Out: { } file, Replace: false } && File.Exists(file))
        {
            throw new KindredException(ErrorKind.Output, "output_exists", $"{file} exists already and was not changed.",
                "Choose another name, or allow it to be replaced.");
        }

        using var rows = AssignmentRows.Open(request);
        var (counts, outside, read) = (new long[assignment.Arms.Count], 0L, 0L);
        byte[][] arms = [.. assignment.Arms.Select(arm => Encoding.UTF8.GetBytes(arm.Name))];
        using (var line = progress.Start("Assigning"))
        {
            for (var i = 0; i < request.Units.Count; i++)
            {
                using var table = TableReader.OpenIds(request.Units[i], request.Column, request.Rules, cancellation);
                var column = table.RequireIds(request.Column);
                while (table.Read())
                {
                    if (table.IsSkipped) continue;
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
        return new AssignedUnits(assignment, counts, outside, counts.Sum() > 0 ? SampleRatioTest.Of(counts, weights) : null, request.Alarm);
    }
}

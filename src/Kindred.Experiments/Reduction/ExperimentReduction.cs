namespace Kindred.Experiments.Reduction;

/// <summary>Reduces the records of a log to <see cref="ExperimentData"/>, one partition at a time.</summary>
/// <remarks>
/// If it <see cref="NeedsSurvey"/>, every partition is surveyed first, then every partition is added up. Several workers can run at
/// once, each with its own partitions. Their results are merged in the order of the partitions, so that the result has the same bits for
/// any number of workers.
/// </remarks>
public sealed class ExperimentReduction
{
    private readonly ReductionPlan _plan;
    private readonly Survey _survey;
    private readonly ReducedLog _log;

    /// <summary>Creates a reduction by a plan.</summary>
    /// <exception cref="KindredException">The experiment spans more than <see cref="ReductionPlan.MostDays"/> days.</exception>
    public ExperimentReduction(ReductionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.HasTimes && (long)plan.LastDay - plan.FirstDay >= ReductionPlan.MostDays)
        {
            var days = (long)plan.LastDay - plan.FirstDay + 1;
            throw new KindredException(ErrorKind.BadInput, "experiment_too_long",
                $"The log spans {days:N0} days from the start of the experiment; the maximum is {ReductionPlan.MostDays:N0}. " +
                "A few wrong times are the usual cause.",
                "Give the start and the end of the experiment: rows outside are counted and left out.")
            {
                Values = new Dictionary<string, object?> { ["days"] = days, ["most"] = ReductionPlan.MostDays },
            };
        }

        (_plan, _survey, _log) = (plan, new Survey(plan), new ReducedLog(plan));
    }

    /// <summary>True if partitions must be surveyed before they are summed.</summary>
    public bool NeedsSurvey => Survey.IsNeeded(_plan);

    /// <summary>Creates the survey of one thread. Each call surveys a partition and returns an action that merges the result; run these
    /// actions in the order of the partitions.</summary>
    public Func<ulong[], int, Action> CreateSurvey()
    {
        var worker = new PartitionSurvey(_plan);
        return (records, count) =>
        {
            var found = worker.Run(records, count);
            return () => _survey.MergeFrom(found);
        };
    }

    /// <summary>Creates the reduction of one thread. Each call sums a partition and returns an action that merges the result; run these
    /// actions in the order of the partitions, and before the next call of the same worker.</summary>
    public Func<ulong[], int, Action> CreateReduction()
    {
        var worker = new PartitionReduction(_plan, _survey);
        return (records, count) =>
        {
            worker.Run(records, count);
            return () => _log.Merge(worker.Sums, worker.Problems, worker.Coverage);
        };
    }

    /// <summary>Problems of the log, apart from rows without a unit, which are in no partition.</summary>
    public IReadOnlyList<LogPositions> Problems => _log.Problems;

    /// <summary>Returns the reduced log, without <see cref="ExperimentData.Problems"/>.</summary>
    /// <param name="rows">Rows read.</param>
    public ExperimentData ToData(long rows) => _log.ToData(rows, _survey);
}

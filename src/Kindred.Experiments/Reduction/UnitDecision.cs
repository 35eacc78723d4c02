namespace Kindred.Experiments.Reduction;

/// <summary>Decides about a unit: its arm, its exposure, and which records are before or during the experiment.</summary>
/// <remarks>
/// In this order: excluded units are skipped. Rows outside the pre-period and the experiment are counted and otherwise ignored. The rows
/// from the start to the end decide the arm: without one the unit is not in the experiment; with several it is left out. Then the exposure:
/// rows between the start and the exposure are not part of the experiment. Repeated events are removed.
/// </remarks>
internal sealed class UnitDecision(ReductionPlan plan, ProblemCounts problems, CoverageCounts coverage)
{
    private readonly RepeatedRecords _repeated = new(plan);
    private readonly bool[] _seen = new bool[plan.Arms.Count];
    private readonly long _earliest = plan.HasTimes ? plan.Start - plan.BeforeMilliseconds : long.MinValue;
    private int _arms;
    private int _inPeriod;
    private int _incomplete;
    private ulong _firstInPeriod;
    private ulong _secondArm;
    private long _assigned;

    /// <summary>The unit's arm.</summary>
    public int Arm { get; private set; }

    /// <summary>The time of the exposure.</summary>
    public long Exposure { get; private set; }

    /// <summary>Decides about a unit; false if it is not analysed, after counting its problems.</summary>
    public bool Decide(UnitRecords records)
    {
        if (plan.HasExclusions && IsExcluded(records)) return false;
        Look(records);
        if (plan.HasAssignments) Cover();
        if (_arms == 1 && Expose(records))
        {
            _repeated.Remove(records, problems);
            Place(records);
            return true;
        }

        if (_arms > 1) CountSeveralArms();
        // A unit without rows from the start to the end is no problem.
        else if (_inPeriod > 0) problems.Add(LogProblemKind.MissingExposure, _inPeriod, _firstInPeriod);
        problems.CloseUnit(_arms == 1 ? Arm : -1);
        return false;
    }

    private static bool IsExcluded(UnitRecords records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (RecordLayout.Kind(records[i]) == RecordKind.Excluded) return true;
        }

        return false;
    }

    private void Look(UnitRecords records)
    {
        Array.Clear(_seen);
        (_arms, _inPeriod, _incomplete, _assigned, Arm) = (0, 0, 0, long.MaxValue, -1);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            switch (RecordLayout.Kind(record))
            {
                case RecordKind.Assignment:
                    records.Uses[i] = LookAtAssignment(record);
                    break;
                case RecordKind.MissingArm:
                    AddIncomplete(LogProblemKind.MissingArm, record);
                    break;
                case RecordKind.UnknownArm:
                    AddIncomplete(LogProblemKind.UnknownArm, record);
                    break;
                case RecordKind.BadTime:
                    AddIncomplete(LogProblemKind.BadTime, record);
                    break;
                default:
                    records.Uses[i] = LookAtRow(record);
                    break;
            }
        }
    }

    private void AddIncomplete(LogProblemKind kind, ReadOnlySpan<ulong> record)
    {
        problems.Add(kind, RecordLayout.Position(record));
        _incomplete++;
    }

    // An incomplete row shows that the unit's rows arrived.
    private void Cover()
    {
        if (_assigned == long.MaxValue)
        {
            if (_inPeriod > 0) coverage.AddUnassigned();
        }
        else if (_arms == 1)
        {
            coverage.AddAssigned(Arm, _inPeriod + _incomplete > 0);
        }
    }

    private RecordUse LookAtAssignment(ReadOnlySpan<ulong> record)
    {
        var time = RecordLayout.Time(record);
        if (plan.HasTimes && time >= plan.End)
        {
            problems.Add(LogProblemKind.TooLate, RecordLayout.Position(record));
            return RecordUse.Outside;
        }

        _assigned = Math.Min(_assigned, time);
        See(record);
        return RecordUse.Aside;
    }

    private RecordUse LookAtRow(ReadOnlySpan<ulong> record)
    {
        var time = RecordLayout.Time(record);
        if (plan.HasTimes && (time < _earliest || time >= plan.End))
        {
            problems.Add(time < _earliest ? LogProblemKind.TooEarly : LogProblemKind.TooLate, RecordLayout.Position(record));
            return RecordUse.Outside;
        }

        if (plan.HasTimes && time < plan.Start) return RecordUse.Before;
        if (_inPeriod++ == 0) _firstInPeriod = RecordLayout.Position(record);
        See(record);
        return RecordUse.Open;
    }

    private void See(ReadOnlySpan<ulong> record)
    {
        var code = RecordLayout.Arm(record);
        if (code == RecordLayout.NoArm) return;
        var arm = plan.ArmOfCode[code];
        if (_seen[arm]) return;
        _seen[arm] = true;
        if (++_arms == 1) Arm = arm;
        else if (_arms == 2) _secondArm = RecordLayout.Position(record);
    }

    private void CountSeveralArms()
    {
        problems.Add(LogProblemKind.SeveralArms, Math.Max(1, _inPeriod), _secondArm);
        for (var arm = 0; arm < _seen.Length; arm++)
        {
            if (_seen[arm]) problems.AddArm(LogProblemKind.SeveralArms, arm);
        }
    }

    private bool Expose(UnitRecords records)
    {
        if (plan.HasAssignments && _assigned == long.MaxValue) return false;
        if (plan.Exposure == RecordKind.Other && plan.HasAssignments)
        {
            Exposure = Math.Max(plan.Start, _assigned);
            return true;
        }

        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] != RecordUse.Open || (plan.Exposure != RecordKind.Other && RecordLayout.Kind(records[i]) != plan.Exposure))
            {
                continue;
            }
            Exposure = RecordLayout.Time(records[i]);
            return true;
        }

        return false;
    }

    private void Place(UnitRecords records)
    {
        var rows = 0;
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] != RecordUse.Open) continue;
            if (plan.HasTimes && RecordLayout.Time(records[i]) is var time && time < Exposure)
            {
                records.Uses[i] = RecordUse.Aside;
                if (time >= Exposure - plan.SkewMilliseconds) problems.Add(LogProblemKind.ClockSkew, RecordLayout.Position(records[i]));
                continue;
            }

            records.Uses[i] = RecordUse.During;
            if (plan.OneRowAUnit && rows++ > 0) problems.Add(LogProblemKind.SeveralRows, RecordLayout.Position(records[i]));
        }
    }
}

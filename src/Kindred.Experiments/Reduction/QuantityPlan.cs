namespace Kindred.Experiments.Reduction;

/// <summary>A quantity, as what is read of a record.</summary>
/// <param name="Kind">The kind of event whose records count; <see cref="RecordKind.Other"/> for records of any kind.</param>
/// <param name="Column">The column of values that is added up; −1 where records are counted.</param>
/// <param name="AllowsNegative">Whether values below 0 are right.</param>
public readonly record struct QuantityPlan(byte Kind, int Column, bool AllowsNegative)
{
    internal bool Reads(byte kind) => Kind == RecordKind.Other || Kind == kind;
}

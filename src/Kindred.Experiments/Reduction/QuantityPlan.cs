namespace Kindred.Experiments.Reduction;

/// <summary>A quantity, by the parts of a record that it reads.</summary>
/// <param name="Kind">The kind of event whose records count; <see cref="RecordKind.Other"/> for records of any kind.</param>
/// <param name="Column">The value column that is summed; −1 if records are counted.</param>
/// <param name="AllowsNegative">True if values below 0 are allowed.</param>
public readonly record struct QuantityPlan(byte Kind, int Column, bool AllowsNegative)
{
    internal bool Reads(byte kind) => Kind == RecordKind.Other || Kind == kind;
}

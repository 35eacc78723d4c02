namespace Kindred.Experiments.Reduction;

/// <summary>The numbers of records: finite numbers as they are, and one of a few NaNs that says why there is none.</summary>
public static class RecordValue
{
    // Payloads of quiet NaNs; arithmetic produces the payload 0.
    private const ulong Quiet = 0x7FF8_0000_0000_0000;

    /// <summary>The cell is empty.</summary>
    public static readonly double Empty = BitConverter.UInt64BitsToDouble(Quiet | 1);

    /// <summary>The cell does not hold a number.</summary>
    public static readonly double NotANumber = BitConverter.UInt64BitsToDouble(Quiet | 2);

    /// <summary>The cell holds NaN or an infinite number.</summary>
    public static readonly double NotFinite = BitConverter.UInt64BitsToDouble(Quiet | 3);

    /// <summary>A number that was read, finite or not.</summary>
    public static double Of(double number) => double.IsFinite(number) ? number : NotFinite;

    internal static bool IsEmpty(double value) => BitConverter.DoubleToUInt64Bits(value) == (Quiet | 1);

    internal static bool IsNotANumber(double value) => BitConverter.DoubleToUInt64Bits(value) == (Quiet | 2);
}

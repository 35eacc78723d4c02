namespace Kindred.Fuzz;

/// <summary>What reading a few kilobytes may take at most, whatever is in them.</summary>
public static class FuzzLimits
{
    /// <summary>Managed memory that one input may allocate, in bytes, all its garbage included.</summary>
    public const long AllocatedBytes = 256L << 20;

    /// <summary>Memory that the process may hold at any moment, in bytes, what native libraries take included.</summary>
    public const long ResidentBytes = 1L << 30;

    /// <summary>Processor time of one input.</summary>
    public static readonly TimeSpan Processor = TimeSpan.FromSeconds(20);

    /// <summary>Time by the clock, for what waits and does not work.</summary>
    public static readonly TimeSpan Clock = TimeSpan.FromMinutes(5);

    /// <summary>Characters of an error: more is no sentence that a person reads.</summary>
    public const int MessageLength = 4_000;
}

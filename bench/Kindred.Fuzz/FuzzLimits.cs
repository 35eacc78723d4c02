namespace Kindred.Fuzz;

/// <summary>Limits on reading a few kilobytes of arbitrary content.</summary>
public static class FuzzLimits
{
    /// <summary>Managed memory that one input may allocate, in bytes, including garbage.</summary>
    public const long AllocatedBytes = 256L << 20;

    /// <summary>Peak memory of the process, in bytes, including native libraries.</summary>
    public const long ResidentBytes = 1L << 30;

    /// <summary>Processor time that one input may take.</summary>
    public static readonly TimeSpan Processor = TimeSpan.FromSeconds(20);

    /// <summary>Elapsed time that one input may take, which also catches waiting.</summary>
    public static readonly TimeSpan Clock = TimeSpan.FromMinutes(5);

    /// <summary>Maximum length of an error message, in characters; people do not read longer ones.</summary>
    public const int MessageLength = 4_000;
}

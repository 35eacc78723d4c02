namespace Kindred.Experiments.Reduction;

/// <summary>The kinds of records, besides the events that the experiment names (1 to <see cref="MostNamed"/>).</summary>
public static class RecordKind
{
    /// <summary>A row of a log with another event, or without one.</summary>
    public const byte Other = 0;

    /// <summary>Maximum kinds of event that an experiment can name.</summary>
    public const byte MostNamed = 250;

    /// <summary>The unit is excluded.</summary>
    public const byte Excluded = 251;

    /// <summary>A row of an assignment table.</summary>
    public const byte Assignment = 252;

    /// <summary>A row without its arm.</summary>
    public const byte MissingArm = 253;

    /// <summary>A row of an unknown arm.</summary>
    public const byte UnknownArm = 254;

    /// <summary>A row without a readable time.</summary>
    public const byte BadTime = 255;
}

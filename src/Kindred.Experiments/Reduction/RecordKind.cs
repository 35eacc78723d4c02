namespace Kindred.Experiments.Reduction;

/// <summary>What a record tells, beside the kinds of event that the experiment names (1 to <see cref="MostNamed"/>).</summary>
public static class RecordKind
{
    /// <summary>A row of a log whose event is of no kind that matters, or that has none.</summary>
    public const byte Other = 0;

    /// <summary>The most kinds of event that an experiment can name.</summary>
    public const byte MostNamed = 250;

    /// <summary>The unit is to be left out.</summary>
    public const byte Excluded = 251;

    /// <summary>A row of an assignment table.</summary>
    public const byte Assignment = 252;

    /// <summary>A row that lacks its arm.</summary>
    public const byte MissingArm = 253;

    /// <summary>A row of an arm that the experiment does not have.</summary>
    public const byte UnknownArm = 254;

    /// <summary>A row whose time is missing or cannot be read.</summary>
    public const byte BadTime = 255;
}

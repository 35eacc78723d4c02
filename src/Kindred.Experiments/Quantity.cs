namespace Kindred.Experiments;

/// <summary>A number that the rows of a log give about a unit: how many clicks he made, how much he spent.</summary>
/// <remarks>
/// With neither <see cref="Event"/> nor <see cref="Column"/> the name says it: the sum of the column of this name if the log has one,
/// else the number of rows whose event is of this name.
/// </remarks>
public sealed record Quantity
{
    /// <summary>A name for people, and what is looked for where nothing else is given.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of event whose rows count; null for rows of any kind.</summary>
    public string? Event { get; init; }

    /// <summary>The column whose values are added up; null where rows are counted.</summary>
    public string? Column { get; init; }

    /// <summary>Whether values below 0 are right, as of refunds. Without this they are a problem of the log, and their rows are left out.</summary>
    public bool AllowsNegative { get; init; }
}

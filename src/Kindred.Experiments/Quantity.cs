namespace Kindred.Experiments;

/// <summary>A number that the rows of a log give for a unit, such as clicks or spend.</summary>
/// <remarks>
/// With neither <see cref="Event"/> nor <see cref="Column"/> the name decides: the sum of the column of this name if the log has one,
/// otherwise the number of rows whose event has this name.
/// </remarks>
public sealed record Quantity
{
    /// <summary>The name for people, and the column or event if nothing else is given.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of event whose rows count; null for rows of any kind.</summary>
    public string? Event { get; init; }

    /// <summary>The column whose values are added up; null where rows are counted.</summary>
    public string? Column { get; init; }

    /// <summary>True if values below 0 are allowed, such as refunds. Otherwise they are a problem of the log, and are left out.</summary>
    public bool AllowsNegative { get; init; }
}

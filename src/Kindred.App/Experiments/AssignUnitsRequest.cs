using Kindred.Data.Values;

namespace Kindred.App.Experiments;

/// <summary>Request of an assignment, apart from the assignment rule itself.</summary>
public sealed record AssignUnitsRequest
{
    /// <summary>The default p-value below which counts do not fit the plan.</summary>
    public const double DefaultAlarm = 0.001;

    /// <summary>Files of units; one may be <c>-</c> for standard input.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>The column of ids.</summary>
    public string Column { get; init; } = "user_id";

    /// <summary>How the ids are written.</summary>
    public TableRules Rules { get; init; } = TableRules.Usual;

    /// <summary>A table to write; null for none.</summary>
    public string? Out { get; init; }

    /// <summary>The writer that receives rows of CSV (user_id, arm) if no table is written; null to only count them.</summary>
    public TextWriter? Rows { get; init; }

    /// <summary>Allows an existing table to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The p-value below which the counts do not fit the plan.</summary>
    public double Alarm { get; init; } = DefaultAlarm;
}

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred experiment assign</c> is asked for, beside the assignment itself.</summary>
internal sealed record AssignRequest
{
    public const double DefaultAlarm = 0.001;

    /// <summary>Files of units; one may be <c>-</c> for standard input.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    public string Column { get; init; } = "user_id";

    /// <summary>A table to write; null for standard output.</summary>
    public string? Out { get; init; }

    public bool Replace { get; init; }

    /// <summary>Whether rows are counted only.</summary>
    public bool CountOnly { get; init; }

    /// <summary>The p-value below which the counts are held not to fit the plan.</summary>
    public double Alarm { get; init; } = DefaultAlarm;
}

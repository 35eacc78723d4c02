namespace Kindred.Cli.Reports;

/// <summary>Everything that the page of <c>kindred demo</c> shows.</summary>
internal sealed record DemoReportModel
{
    /// <summary>What was made.</summary>
    public required DemoWorld World { get; init; }

    /// <summary>The shares of the population that recall is measured at, ascending, such as 0.01 for 1%.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The methods: the model first, then the baselines.</summary>
    public required IReadOnlyList<DemoMethod> Methods { get; init; }

    /// <summary>One a seed list: at least one.</summary>
    public required IReadOnlyList<DemoList> Lists { get; init; }

    /// <summary>The share of the population that the audiences of <see cref="DemoList.Affinity"/> have.</summary>
    public required double AudienceShare { get; init; }

    /// <summary>How the reader does the same with his own files.</summary>
    public required IReadOnlyList<DemoCommand> Commands { get; init; }
}

using Kindred.Data.Inputs;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Checking;

/// <summary>Result of a check of seed lists.</summary>
/// <param name="Reading">The lists as read.</param>
/// <param name="Check">The findings about the lists.</param>
/// <param name="Metrics">The numeric columns of each list of the check.</param>
/// <param name="Countries">The population's countries.</param>
/// <param name="PopulationVersion">The population's version.</param>
/// <param name="Request">The request.</param>
public sealed record CheckResult(
    SeedListReading Reading, SeedCheckResult Check, IReadOnlyList<IReadOnlyList<MetricRange>> Metrics, IReadOnlyList<string> Countries,
    string PopulationVersion, CheckRequest Request)
{
    /// <summary>The number of usable lists.</summary>
    public int Usable => Check.Lists.Count(list => list.Verdict == ListVerdict.Usable);

    /// <summary>True if the check passed.</summary>
    public bool IsGood => Check.Lists.Count > 0 && Check.AllUsable
        && !(Request.Strict && (Reading.Rejected.Count > 0 || Reading.Files.Any(file => file.Rows == file.Rejected)));
}

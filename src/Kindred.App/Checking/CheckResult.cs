using Kindred.Data.Inputs;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Checking;

/// <summary>Result of a check of seed lists.</summary>
/// <param name="Reading">What was read.</param>
/// <param name="Check">What the lists are like.</param>
/// <param name="Metrics">For each list of the check its columns of numbers.</param>
/// <param name="Countries">The population's countries.</param>
/// <param name="PopulationVersion">The population's version.</param>
/// <param name="Request">What was asked for.</param>
public sealed record CheckResult(
    SeedListReading Reading, SeedCheckResult Check, IReadOnlyList<IReadOnlyList<MetricRange>> Metrics, IReadOnlyList<string> Countries, string PopulationVersion, CheckRequest Request)
{
    /// <summary>Lists that can be used.</summary>
    public int Usable => Check.Lists.Count(list => list.Verdict == ListVerdict.Usable);

    /// <summary>Whether everything is as it must be.</summary>
    public bool IsGood => Check.Lists.Count > 0 && Check.AllUsable
        && !(Request.Strict && (Reading.Rejected.Count > 0 || Reading.Files.Any(file => file.Rows == file.Rejected)));
}

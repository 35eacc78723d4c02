using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.SeedLists.Checks;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred check</c> is asked for.</summary>
internal sealed record CheckRequest
{
    public required string Population { get; init; }

    public required SeedRequest Seeds { get; init; }

    public SeedCheckOptions Check { get; init; } = new();

    /// <summary>Whether a rejected row, or a file without any row that can be used, is a failure.</summary>
    public bool Strict { get; init; }
}

/// <summary>What reading and checking found.</summary>
/// <param name="Reading">What was read.</param>
/// <param name="Check">What the lists are like.</param>
/// <param name="Metrics">For each list of the check its columns of numbers.</param>
/// <param name="Countries">The population's countries.</param>
/// <param name="PopulationVersion">The population's version.</param>
/// <param name="Request">What was asked for.</param>
internal sealed record CheckResult(
    SeedListReading Reading, SeedCheckResult Check, IReadOnlyList<IReadOnlyList<MetricRange>> Metrics, IReadOnlyList<string> Countries, string PopulationVersion, CheckRequest Request)
{
    /// <summary>Lists that can be used.</summary>
    public int Usable => Check.Lists.Count(list => list.Verdict == ListVerdict.Usable);

    /// <summary>Whether everything is as it must be.</summary>
    public bool IsGood => Check.Lists.Count > 0 && Check.AllUsable
        && !(Request.Strict && (Reading.Rejected.Count > 0 || Reading.Files.Any(file => file.Rows == file.Rejected)));
}

/// <summary>Says everything about seed lists before anything is trained.</summary>
internal static class CheckJob
{
    public static CheckResult Run(CheckRequest request, Screen screen, CancellationToken cancellation)
    {
        using var population = PopulationSnapshot.Open(request.Population);
        SeedListReading reading;
        using (var line = screen.Start("Reading seed lists")) reading = SeedListReader.ReadAll(request.Seeds.Files, request.Seeds.Reading, new Reading(line), cancellation);
        var lists = SeedInput.Chosen(reading.Lists, request.Seeds);
        var chosen = lists.Select(list => list.Id).ToHashSet(StringComparer.Ordinal);
        var metrics = reading.Lists.Zip(reading.Metrics).Where(list => chosen.Contains(list.First.Id)).Select(list => list.Second).ToArray();
        var matches = SeedInput.Matched(lists, request.Seeds, population, screen, cancellation);
        using (screen.Start("Checking"))
        {
            var check = SeedCheck.Of(matches, population, request.Check, request.Seeds.Hash, cancellation);
            return new CheckResult(reading, check, metrics, population.Countries, population.Version, request);
        }
    }
}

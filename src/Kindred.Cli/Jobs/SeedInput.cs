using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Cli.Jobs;

/// <summary>Which seed lists a command works on, and how their users count.</summary>
internal sealed record SeedRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public SampleWeightOptions Weights { get; init; } = new();
}

/// <summary>Reads seed lists and says how well they match the population.</summary>
internal static class SeedInput
{
    private const int ListsShown = 10;

    public static IReadOnlyList<SeedMatch> Read(SeedRequest request, Population population, Screen screen, CancellationToken cancellation)
    {
        var options = new SeedListOptions { MetricColumns = request.Weights.Metrics.ToHashSet() };
        var lists = SeedListReader.Read(request.Files, options, null, cancellation);
        var matches = lists.Select(list => SeedMatch.Of(list, population)).ToArray();
        Describe(matches, screen);
        return matches;
    }

    private static void Describe(SeedMatch[] matches, Screen screen)
    {
        var given = matches.Sum(match => (long)match.List.Users.Count);
        var matched = matches.Sum(match => (long)match.Users.Count);
        screen.Note($"{matches.Length:N0} seed lists of {given:N0} users, {matched:N0} of them in the population ({Share(matched, given):0.0%}).");

        // Lists that lose users are worth a look; the worst first.
        var poor = matches.Where(match => Share(match.Users.Count, match.List.Users.Count) < 0.9)
            .OrderBy(match => Share(match.Users.Count, match.List.Users.Count)).ToArray();
        foreach (var match in poor.Take(ListsShown))
        {
            screen.Note($"  {match.List.Id}: {match.Users.Count:N0} of {match.List.Users.Count:N0} users are in the population.");
        }

        if (poor.Length > ListsShown) screen.Note($"  … and {poor.Length - ListsShown:N0} more lists of which less than 90% match.");
        var duplicates = matches.Sum(match => (long)match.List.Duplicates);
        if (duplicates > 0) screen.Note($"{duplicates:N0} rows repeat a user of their list and count once.");
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

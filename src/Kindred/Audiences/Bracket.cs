using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.Audiences;

/// <summary>Estimates from a sample a score that the last member of an audience almost surely reaches.</summary>
/// <remarks>
/// With this floor a scan keeps little more than the audience from its first tile on. An unlucky sample costs a second scan, never a
/// member.
/// </remarks>
internal static class Bracket
{
    // One in this many users is scored in advance.
    private const int Stride = 64;

    // Small populations are sampled more densely if models are so cheap (multiply-adds per pair) that reading scores costs as much as
    // scoring.
    private const int LeastStride = 8;
    private const int EnoughOfFew = 2_048;
    private const double CheapPair = 1_000;

    // Smaller samples are not worth their cost.
    private const int FewestSampled = 1_024;

    private const int MostSampled = 1 << 16;

    // Standard errors of the sampled rank: a miss about once in 30,000, and a fifth fewer users kept than with five.
    private const double StandardErrors = 4;

    /// <summary>The floors.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/> of the candidates, or null for all users.</param>
    /// <param name="requests">The audiences.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>[requests] scores; negative infinity if the sample is too small for a floor.</returns>
    public static float[] Floors(
        Population population, int? country, AudienceRequest[] requests, int threads, CancellationToken cancellation)
    {
        var floors = AudienceSelection.NoFloors(requests.Length);
        var users = population.Shards.Sum(shard => (long)(shard.RowsOf(country).End - shard.RowsOf(country).First));
        var sampled = Math.Min(MostSampled, users / Stride);
        if (requests.Average(request => request.Scorer.CostPerPair) <= CheapPair)
        {
            sampled = Math.Max(sampled, Math.Min(EnoughOfFew, users / LeastStride));
        }
        if (sampled < FewestSampled) return floors;

        // The sampled user at this rank comes after the audience's last member, within the given number of standard errors.
        var ranks = Array.ConvertAll(requests, request =>
        {
            var share = Math.Min(1, (double)request.Size / users);
            var rank = sampled * share;
            return (int)Math.Min(sampled, Math.Ceiling(rank + StandardErrors * Math.Sqrt(rank * (1 - share)) + StandardErrors));
        });
        var ofSample = requests.Select((request, r) => request with { Size = ranks[r] }).ToArray();
        var kept = AudienceSelection.Scan(
            population, new UserPlaces(population), Sample(population, country, (double)users / sampled), ofSample, floors, threads, null,
            cancellation);
        for (var r = 0; r < kept.Length; r++)
        {
            // A sample with too few candidates, or one that is taken whole, says nothing about the users after it.
            if (kept[r].Length == ranks[r] && ranks[r] < sampled) floors[r] = kept[r][^1].Score;
        }

        return floors;
    }

    /// <summary>Picks one user at random from each stretch of rows.</summary>
    private static List<ShardSlice> Sample(Population population, int? country, double stretch)
    {
        var random = new SeededRandom(1);
        var tiles = new List<ShardSlice>();
        for (var s = 0; s < population.Shards.Count; s++)
        {
            var (first, end) = population.Shards[s].RowsOf(country);
            var rows = new List<int>();
            for (var at = 0.0; at < end - first; at += stretch)
            {
                var row = first + (int)(at + random.NextDouble() * stretch);
                if (row < end && (rows.Count == 0 || rows[^1] < row)) rows.Add(row);
            }

            tiles.AddRange(PopulationScan.Tiles(population.Dimension, s, rows));
        }

        return tiles;
    }
}

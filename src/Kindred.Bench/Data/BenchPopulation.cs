using System.Globalization;
using System.Text;
using Kindred.Populations;

namespace Kindred.Bench.Data;

/// <summary>Users in memory: random embeddings of unit length, all active, of one country, without activity.</summary>
internal static class BenchPopulation
{
    private const uint Stream = 1;
    private const int IdLength = 9;

    /// <summary>Creates users u00000000, u00000001, ….</summary>
    public static Population Create(ulong seed, int users, int dimension)
    {
        var embeddings = BenchNumbers.Uniform(seed, Stream, (long)users * dimension);
        for (var user = 0; user < users; user++)
        {
            var row = embeddings.AsSpan(user * dimension, dimension);
            var square = 0.0;
            foreach (var value in row) square += (double)value * value;
            var length = Math.Sqrt(square);
            foreach (ref var value in row) value = (float)(value / length);
        }

        var ids = new byte[(long)users * IdLength];
        var offsets = new long[users + 1];
        var rows = new int[users];
        for (var user = 0; user < users; user++)
        {
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"u{user:D8}"), ids.AsSpan(user * IdLength));
            offsets[user + 1] = offsets[user] + IdLength;
            rows[user] = user;
        }

        var active = new byte[users];
        Array.Fill(active, (byte)1);
        var shard = new PopulationShard
        {
            UserIds = new IdList(ids, offsets),
            Dimension = dimension,
            Embeddings = embeddings,
            Activity = default,
            Active = active,
            CountryStarts = [0, users],
            RowsById = rows,
        };
        return new Population([shard], [""], new ActivityScale(0, 1), IdList.Empty, "bench");
    }
}

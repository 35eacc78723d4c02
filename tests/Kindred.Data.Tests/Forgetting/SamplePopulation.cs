using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Data.Tests.Forgetting;

/// <summary>A population in which every value identifies its user.</summary>
internal static class SamplePopulation
{
    public const int Dimension = 3;

    public static string Id(int user) => $"user-{user:D6}";

    /// <summary>The user's unique embedding.</summary>
    public static float[] Embedding(int user) => [user + 0.25f, user * 3.5f, -user - 0.125f];

    public static PopulationManifest Write(string folder, NewPopulation content, int shards)
    {
        using (content.Embeddings) return PopulationSnapshot.Write(folder, content, shards);
    }

    /// <summary>The users from 0, without some.</summary>
    public static NewPopulation Of(int users, Func<int, bool>? without = null, bool space = true, bool all = true)
    {
        var kept = Enumerable.Range(0, users).Where(user => without?.Invoke(user) != true).ToArray();
        var embeddings = new AlignedMatrix(kept.Length, Dimension);
        for (var i = 0; i < kept.Length; i++) Embedding(kept[i]).CopyTo(embeddings.Row(i));
        var items = new AlignedMatrix(4, Dimension);
        for (var i = 0; i < 12; i++) items.RowRange(0, 4)[i] = i;
        var starts = new long[kept.Length + 1];
        for (var i = 0; i < kept.Length; i++) starts[i + 1] = starts[i] + kept[i] % 4;
        var recipe = new Dictionary<string, string> { ["method"] = "als" };
        if (space) recipe[PopulationEmbedding.SpaceKey] = "the space";
        return new NewPopulation
        {
            Users = new UserTable(
                IdList.From(kept.Select(Id)), ["", "DE", "US"], [.. kept.Select(user => user / 2 % 3)], [.. kept.Select(user => (byte)(user % 5 == 0 ? 0 : 1))],
                !all ? new Dictionary<string, string?[]>() : new Dictionary<string, string?[]>
                {
                    // Sorts before "b", but is written under a name that sorts after it.
                    ["active"] = [.. kept.Select(user => user % 3 == 0 ? "yes" : null)],
                    ["b"] = [.. kept.Select(user => $"town of {Id(user)}")],
                    ["country"] = [.. kept.Select(user => user % 7 == 0 ? null : "x,\"y")],
                }),
            Embeddings = new EmbeddingMatrix(embeddings),
            Activity = all ? [.. kept.Select(user => user / 3f)] : [],
            ActivityScale = new ActivityScale(1 / 3.0, Math.PI),
            Features = !all ? null : new SparseRows(
                starts, kept.SelectMany(user => Enumerable.Range(0, user % 4)).ToArray(), kept.SelectMany(user => Enumerable.Repeat(user + 0.5f, user % 4)).ToArray()),
            Items = all ? new ItemTable(IdList.From(["i1", "i2", "i3", "i4"]), items, [10, 20, 30, 40]) : null,
            Recipe = recipe,
        };
    }
}

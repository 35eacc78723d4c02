using System.Text;
using Kindred.Audiences;
using Kindred.Data.Memberships;
using Kindred.Populations;

namespace Kindred.Data.Tests.Memberships;

/// <summary>Memberships by name for comparison with tables.</summary>
internal static class TestMemberships
{
    /// <summary>Random users with the numbers of their audiences; every fifth user has none.</summary>
    public static Dictionary<string, int[]> Random(int users, int audiences, int most, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, users).ToDictionary(
            user => $"{(user % 3 == 0 ? "é𝔸" : "u")}{user}",
            user => user % 5 == 0 ? [] : Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(audiences)).Distinct().Order().ToArray());
    }

    /// <summary>Writes users with their audiences, in the order given.</summary>
    public static void Write(string folder, IReadOnlyDictionary<string, int[]> users, int audiences) => UserAudienceTable.Write(
        folder, IdList.From(users.Keys), audiences, () => Lists(users, audiences), TestContext.Current.CancellationToken);

    /// <summary>The users of each audience.</summary>
    public static IEnumerable<AudienceUsers> Lists(IReadOnlyDictionary<string, int[]> users, int audiences)
    {
        var members = Enumerable.Range(0, audiences).Select(_ => new List<int>()).ToArray();
        var index = 0;
        foreach (var own in users.Values)
        {
            foreach (var audience in own) members[audience].Add(index);
            index++;
        }

        return members.Select((list, audience) => new AudienceUsers(audience, list.ToArray())).Where(list => list.Users.Length > 0);
    }

    /// <summary>Writes an index of several shards.</summary>
    /// <returns>The shards' folders.</returns>
    public static string[] WriteShards(string folder, IReadOnlyDictionary<string, int[]> users, int audiences, int shards) =>
    [
        .. Enumerable.Range(0, shards).Select(shard =>
        {
            var path = Path.Combine(folder, $"shard-{shard}");
            Write(path, users.Where(user => UserHash.ShardOf(Hash(user.Key), shards) == shard).ToDictionary(), audiences);
            return path;
        }),
    ];

    /// <summary>Audiences with one size or several sizes per target.</summary>
    public static PublishedAudience[] Audiences(int count, int sizes = 1) =>
        [.. Enumerable.Range(0, count).Select(i => new PublishedAudience($"list-{i / sizes}", null, $"{i % sizes + 1}%", i % sizes + 1, 0, ""))];

    public static ulong Hash(string user) => UserHash.Of(Encoding.UTF8.GetBytes(user));

    public static int[]? Find(this MembershipIndex index, string user)
    {
        var audiences = new int[index.MostAudiences];
        return index.Find(Encoding.UTF8.GetBytes(user), audiences) is >= 0 and var count ? audiences[..count] : null;
    }

    public static int[] Find(this IExcludedUsers table, string user, int room)
    {
        var audiences = new int[room];
        return audiences[..table.Find(Encoding.UTF8.GetBytes(user), audiences)];
    }
}

using Kindred.Audiences;
using Kindred.Data.Formats;
using Kindred.Data.Memberships;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Serving;
using Kindred.Pipeline.Store;

namespace Kindred.Fuzz;

/// <summary>Reads folders that Kindred wrote, as commands do.</summary>
/// <remarks>A folder's contents are used in full only if verification finds no problem.</remarks>
internal static class FolderTargets
{
    public static void ReadAny(string folder)
    {
        FolderVerification.Run(folder);
        FolderSummary.Of(folder);
    }

    public static void ReadPopulation(string folder)
    {
        var whole = FolderVerification.Run(folder).IsWhole;
        Refusable(() => FolderSummary.Of(folder));
        using var population = PopulationSnapshot.Open(folder);
        PopulationSnapshot.OpenItems(folder)?.Embeddings.ToString();
        Refusable(() => PopulationSnapshot.ReadUsers(folder));
        if (!whole) return;
        foreach (var shard in population.Shards)
        {
            for (var user = 0; user < shard.UserIds.Count; user++) population.Find(shard.UserIds[user]);
        }
    }

    public static void ReadModels(string folder)
    {
        FolderVerification.Run(folder);
        Refusable(() => FolderSummary.Of(folder));
        Refusable(() => ModelFolder.OpenModels(folder, [0]));
        ModelFolder.Open(folder);
    }

    public static void ReadMembership(string folder)
    {
        FolderVerification.Run(folder);
        Refusable(() => FolderSummary.Of(folder));
        using (var table = UserAudienceTable.Open(folder)) Refusable(() => table.ForEach((_, _) => { }));
        using var index = MembershipIndex.Open([folder], [new PublishedAudience("one", null, "10", 10, 0, "u1"),
            new PublishedAudience("one", null, "20", 20, 0, "u2"), new PublishedAudience("two", "HU", "10", 10, 0, "u1")]);
        var found = new int[index.MostAudiences];
        for (var user = 0; user < 24; user++)
        {
            var id = System.Text.Encoding.UTF8.GetBytes($"u{user}");
            Refusable(() => index.Find(id, found));
        }
    }

    public static void ReadStore(string folder)
    {
        Refusable(() => StoreVerification.Run(folder));
        Refusable(() => StoreSummary.Of(folder));
        Refusable(() => VersionDifference.Of(RunStore.Open(folder), 1, 2));
        using var published = new PublishedStore(folder, atRequest: true);
        using var lease = published.Acquire();
        var found = new int[lease.Value.Index.MostAudiences];
        for (var user = 0; user < 96; user += 5) lease.Value.Index.Find(System.Text.Encoding.UTF8.GetBytes($"u{user:D3}"), found);
    }

    private static void Refusable(Action read)
    {
        try
        {
            read();
        }
        catch (KindredException)
        {
        }
    }
}

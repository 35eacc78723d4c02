using Kindred.Audiences;
using Kindred.Data.Audiences;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;
using Kindred.Populations;

namespace Kindred.Pipeline.Stages;

/// <summary>Writes the published lists of active members, best first. The file has the largest size; smaller sizes are its first
/// rows.</summary>
internal static class ListsStage
{
    public static void Run(StageContext context, UnitTask task) => context.Store.Objects.Make(task.Output, folder =>
    {
        var members = new List<RankedUser>[task.Units.Count][];
        for (var shard = 0; shard < context.Plan.Shards; shard++)
        {
            var found = MembersStage.Find(context, task.Units, shard, activeOnly: true);
            for (var u = 0; u < found.Length; u++)
            {
                members[u] ??= [.. found[u].Select(_ => new List<RankedUser>())];
                for (var t = 0; t < found[u].Length; t++)
                {
                    members[u][t]
                        .AddRange(found[u][t].Members.Select(member => new RankedUser(new UserRow(shard, member.Row), member.Score)));
                }
            }
        }

        for (var u = 0; u < members.Length; u++)
        {
            var unit = context.Plan.Units[task.Units[u]];
            for (var t = 0; t < members[u].Length; t++)
            {
                if (context.ResultTargetsOf(task.Units[u])[t].Sizes.Count == 0) continue;
                context.Cancellation.ThrowIfCancellationRequested();
                Write(Path.Combine(folder,
                    ListFiles.NameOf(unit.List, context.ResultTargetsOf(task.Units[u])[t].Country, unit.ListFormat!)), members[u][t],
                    context.Population, unit);
            }
        }

        StageFormats.Complete(folder, StageFormats.Lists);
    });

    private static void Write(string path, List<RankedUser> members, Population population, PlannedUnit unit)
    {
        members.Sort((a, b) =>
            a.Score != b.Score ? b.Score.CompareTo(a.Score) : population.UserId(a.User).SequenceCompareTo(population.UserId(b.User)));
        using var writer = new AudienceWriter(path, unit.ListScores, unit.ListSpreadsheetSafe);
        for (var rank = 0; rank < members.Count; rank++) writer.Write(population.UserId(members[rank].User), members[rank].Score, rank + 1);
        writer.Complete();
    }
}

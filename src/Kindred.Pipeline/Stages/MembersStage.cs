using System.Text;
using Kindred.Audiences;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Stages;

/// <summary>Finds the members of one batch's audiences in one shard: all users within a threshold, active or not, because look-ups cover
/// all users.</summary>
internal static class MembersStage
{
    public static void Run(StageContext context, UnitTask task, int shard) =>
        context.Store.Objects.Make(OutputNames.OfShard(task.Output, shard), folder =>
    {
        var found = Find(context, task.Units, shard, activeOnly: false);
        MemberLists.Write(folder,
            [.. found.Select(unit => unit.SelectMany(target => MemberLists.BySize(target.Members, target.Sizes)).ToArray())]);
    });

    /// <summary>Finds the members of each unit's targets in a shard.</summary>
    /// <returns>[units][targets] The members and the number of sizes; empty for rejected targets.</returns>
    public static (Member[] Members, int Sizes)[][] Find(StageContext context, IReadOnlyList<int> units, int shard, bool activeOnly)
    {
        context.Match(units);
        var models = context.ModelsOf(units);
        var targets = new List<AudienceTarget>();
        var limits = new List<MemberLimit[]>();
        var places = new List<(int Unit, int Target)>();
        var found = new (Member[], int)[units.Count][];
        for (var u = 0; u < units.Count; u++)
        {
            var results = models[u] is null ? [] : context.TargetsOf(units[u]);
            found[u] = [.. results.Select(result => (Array.Empty<Member>(), result.Sizes.Count))];
            for (var t = 0; t < results.Count; t++)
            {
                if (results[t].Sizes.Count == 0) continue;
                targets.Add(context.TargetOf(units[u], models[u]!, context.Population.CountryNumber(results[t].Country)));
                limits.Add([.. results[t].Sizes.Select(size => new MemberLimit(size.Score, Encoding.UTF8.GetBytes(size.LastUserId)))]);
                places.Add((u, t));
            }
        }

        var (done, pairs) =
            (0L, (double)context.Population.Shards[shard].Count * Math.Max(1, targets.Select(target => target.Scorer).Distinct().Count()));
        var members = MemberScan.Find(context.Population, shard, targets, limits, activeOnly, context.Threads,
            count => context.Progress?.Invoke(Math.Min(1, Interlocked.Add(ref done, count) / pairs)), context.Cancellation);
        for (var i = 0; i < places.Count; i++) found[places[i].Unit][places[i].Target].Item1 = members[i];
        return found;
    }
}

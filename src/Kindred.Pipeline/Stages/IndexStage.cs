using Kindred.Data.Memberships;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;
using Kindred.Populations;

namespace Kindred.Pipeline.Stages;

/// <summary>Turns the members of all audiences into the files of look-ups: the index of each shard and the table of excluded
/// users.</summary>
internal static class IndexStage
{
    // The number of member lists read together.
    private const int UnitsAtATime = 256;

    /// <summary>Writes the index of one shard.</summary>
    public static void Run(StageContext context, int shard) =>
        context.Store.Objects.Make(OutputNames.OfShard(context.Plan.Index!, shard), folder =>
    {
        var ids = context.Population.Shards[shard].UserIds;

        // Deleted users do not appear in the index at all.
        int[] kept = [.. Enumerable.Range(0, ids.Count).Where(row => !context.Forgotten.Contains(new UserRow(shard, row)))];
        var placeOf = kept.Length == ids.Count ? null : new int[ids.Count];
        for (var i = 0; placeOf is not null && i < kept.Length; i++) placeOf[kept[i]] = i;
        UserAudienceTable.Write(folder, placeOf is null ? ids : ids.Select(kept), CountAudiences(context),
            () => Lists(context, shard, placeOf), context.Cancellation);
    });

    /// <summary>Writes the ids that each audience excludes, in the population or not: later users are excluded too.</summary>
    public static void RunExcluded(StageContext context) => context.Store.Objects.Make(context.Plan.Excluded!, folder =>
    {
        var ids = new IdTable();
        var shared = context.Plan.Units.SelectMany(unit => unit.Exclude).Distinct()
            .ToDictionary(name => name, name => Add(UserIdObject.Read(context.Store.Objects.PathOf(name)).Ids), StringComparer.Ordinal);
        foreach (var (unit, _) in Units(context).Where(unit => unit.Audiences > 0)) Add(SeedsOf(unit));
        var sorted = ids.Sorted(out var rank);
        UserAudienceTable.Write(folder, sorted, CountAudiences(context), Excluded, context.Cancellation);

        // Seeds are looked up again instead of held in memory, because all lists together may be large.
        IEnumerable<AudienceUsers> Excluded()
        {
            var first = 0;
            foreach (var (unit, audiences) in Units(context).Where(unit => unit.Audiences > 0))
            {
                var users = Ranks([.. context.Plan.Units[unit].Exclude.Select(name => shared[name]), Add(SeedsOf(unit))]);
                for (var audience = 0; audience < audiences; audience++) yield return new AudienceUsers(first + audience, users);
                first += audiences;
            }
        }

        // Returns the distinct places of all ids of the lists, ascending.
        ReadOnlyMemory<int> Ranks(int[][] lists)
        {
            var places = new int[lists.Sum(list => list.Length)];
            var count = 0;
            foreach (var list in lists)
            {
                foreach (var id in list) places[count++] = rank[id];
            }

            Array.Sort(places);
            var distinct = 0;
            for (var i = 0; i < count; i++)
            {
                if (i == 0 || places[i] != places[i - 1]) places[distinct++] = places[i];
            }

            return places.AsMemory(0, distinct);
        }

        IdList SeedsOf(int unit) =>
            context.Plan.Units[unit].IncludeSeeds ? IdList.Empty : context.Seeds[context.Plan.Units[unit].Place].Users;

        int[] Add(IdList list)
        {
            var numbers = new int[list.Count];
            for (var i = 0; i < numbers.Length; i++) numbers[i] = ids.GetOrAdd(list[i]);
            return numbers;
        }
    });

    private static int CountAudiences(StageContext context) => Units(context).Sum(unit => unit.Audiences);

    /// <summary>Returns all units with their number of audiences, in the order of audience numbers.</summary>
    private static IEnumerable<(int Unit, int Audiences)> Units(StageContext context) =>
        Enumerable.Range(0, context.Plan.Units.Count)
            .Select(unit => (unit, context.ResultTargetsOf(unit).Sum(target => target.Sizes.Count)));

    private static IEnumerable<AudienceUsers> Lists(StageContext context, int shard, int[]? placeOf)
    {
        var audience = 0;
        foreach (var some in Units(context).Chunk(UnitsAtATime))
        {
            var lists = new int[some.Length][][];
            foreach (var pack in Enumerable.Range(0, some.Length).Where(i => some[i].Audiences > 0).GroupBy(i => context.Plan.Units[some[i].Unit].Members!.Output))
            {
                var folder = context.Store.Objects.PathOf(OutputNames.OfShard(pack.Key, shard));
                StageFormats.Require(folder, StageFormats.Members);
                var read = MemberLists.Read(folder, [.. pack.Select(i => context.Plan.Units[some[i].Unit].Members!.Index)]);
                foreach (var (i, ofUnit) in pack.Zip(read)) lists[i] = ofUnit;
            }

            foreach (var list in lists.Where(ofUnit => ofUnit is not null).SelectMany(ofUnit => ofUnit))
            {
                yield return new AudienceUsers(audience++, placeOf is null ? list : Array.ConvertAll(list, row => placeOf[row]));
            }
        }
    }
}

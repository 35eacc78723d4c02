using Kindred.Ids;
using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedLists.Checks;

/// <summary>Looks for the reason why many users of a list are not in the population.</summary>
/// <remarks>Brings a sample of the unmatched ids to the form of each <see cref="IdRepair"/>, then reads the population once for all
/// lists.</remarks>
internal static class IdDiagnoses
{
    private const int MostSamples = 20_000;
    private const int MostOfList = 500;
    private const int LeastOfList = 20;
    private const int ShapeSample = 1_000;
    private const int RowsAtATime = 1 << 14;

    // A share of the sample that chance practically never reaches.
    private const double Convincing = 0.05;

    /// <summary>Adds a diagnosis to each list with many unmatched users; if there are very many such lists, only to the worst.</summary>
    public static void Tell(
        ListCheck[] lists, IReadOnlyList<SeedMatch> matches, Population population, SeedCheckOptions options, IdHash? hash,
        CancellationToken cancellation)
    {
        var poor = Enumerable.Range(0, lists.Length).Where(i => lists[i].Matched < options.ManyMatch * lists[i].Given)
            .OrderBy(i => (double)lists[i].Matched / lists[i].Given).ThenBy(i => i).Take(MostSamples / LeastOfList).ToArray();
        if (poor.Length == 0 || population.UserCount == 0) return;
        var known = SampleOf(population);
        var shape = IdShape.Of(known.Count, i => known[i]);
        if (hash is not null)
        {
            var unknown = IdShape.HashBytes(shape) == hash.Bytes ? IdCause.AlreadyHashed : IdCause.HashUnknown;
            foreach (var i in poor) lists[i] = lists[i] with { Diagnosis = new IdDiagnosis(unknown, lists[i].Unmatched, 0, null, shape) };
            return;
        }

        var samples = Array.ConvertAll(poor, i => Unmatched(matches[i], Math.Clamp(MostSamples / poor.Length, LeastOfList, MostOfList)));
        var explained = Explained(matches, poor, samples, population, options.Threads, cancellation);
        var items = new Lazy<KnownIds>(() => new KnownIds(population.Items));
        for (var p = 0; p < poor.Length; p++)
        {
            var users = matches[poor[p]].List.Users;
            ReadOnlyMemory<byte>[] sample = [.. samples[p].Select(position => (ReadOnlyMemory<byte>)users[position].ToArray())];
            var own = IdShape.Of(sample.Length, i => sample[i]);
            var best = Enumerable.Range(0, IdRepair.All.Count).MaxBy(repair => explained[p][repair]);
            var ofItems = items.Value.CountOf(sample);
            var fromItems = ofItems > Convincing * samples[p].Length && ofItems >= explained[p][best];
            var repaired = !fromItems && explained[p][best] > Convincing * samples[p].Length;
            var cause = fromItems ? IdCause.OtherTable
                : repaired ? IdRepair.All[best].Cause
                : 2 * lists[poor[p]].Matched > lists[poor[p]].Given ? IdCause.Absent
                : own == shape ? IdCause.OtherUsers
                : IdShape.HashBytes(own) is not null ? (IdShape.HashBytes(shape) is null ? IdCause.OtherHash : IdCause.OtherFunction)
                : IdKind.Of(sample, known) ?? IdCause.OtherIds;
            lists[poor[p]] = lists[poor[p]] with
            {
                Diagnosis = new IdDiagnosis(cause, samples[p].Length, repaired ? explained[p][best] : fromItems ? ofItems : 0, own, shape)
                {
                    Normalization = repaired ? IdRepair.All[best].Normalization : IdForms.None,
                },
            };
        }
    }

    /// <summary>The shape of a population's ids.</summary>
    public static string ShapeOf(Population population)
    {
        var users = SampleOf(population);
        return IdShape.Of(users.Count, i => users[i]);
    }

    private static List<ReadOnlyMemory<byte>> SampleOf(Population population)
    {
        var users = new List<ReadOnlyMemory<byte>>();
        var step = Math.Max(1, population.UserCount / ShapeSample);
        var next = 0L;
        foreach (var shard in population.Shards)
        {
            for (; next < shard.Count; next += step) users.Add(shard.UserIds[(int)next].ToArray());
            next -= shard.Count;
        }

        return users;
    }

    // Evenly over the list, which is in the order of its ids.
    private static int[] Unmatched(SeedMatch match, int most)
    {
        var matched = match.Positions.ToHashSet();
        var all = Enumerable.Range(0, match.List.Users.Count).Where(position => !matched.Contains(position)).ToArray();
        return all.Length <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Length / most)])];
    }

    /// <summary>[lists][repairs] number of sampled ids with the same form as some user.</summary>
    private static int[][] Explained(
        IReadOnlyList<SeedMatch> matches, int[] poor, int[][] samples, Population population, int threads, CancellationToken cancellation)
    {
        var repairs = IdRepair.All.Select(repair => new Sought(repair)).ToArray();
        foreach (var repair in repairs)
        {
            for (var p = 0; p < poor.Length; p++) repair.Add(matches[poor[p]].List.Users, samples[p]);
        }

        var asked = repairs.Where(repair => repair.Any).ToArray();
        var pieces = UserPieces.Of(population, RowsAtATime);
        Workers.Run(threads, pieces.Count, (piece, _) =>
        {
            var (shard, first, end) = pieces[piece];
            var ids = population.Shards[shard].UserIds;
            for (var row = first; row < end; row++)
            {
                foreach (var repair in asked) repair.Look(ids[row]);
            }
        }, cancellation);
        return [.. Enumerable.Range(0, poor.Length).Select(p => repairs.Select(repair => repair.FoundOf(p)).ToArray())];
    }

    private sealed class KnownIds
    {
        private readonly IdTable _ids = new();

        public KnownIds(IdList ids)
        {
            for (var i = 0; i < ids.Count; i++) _ids.GetOrAdd(ids[i]);
        }

        public int CountOf(ReadOnlyMemory<byte>[] ids) => ids.Count(id => _ids.Find(id.Span) >= 0);
    }

    /// <summary>The forms of the samples under one repair, and those that users have.</summary>
    private sealed class Sought(IdRepair repair)
    {
        private readonly IdTable _forms = new();
        private readonly List<int[]> _samples = [];
        private bool[] _found = [];

        public bool Any => _forms.Count > 0;

        public void Add(IdList users, int[] sample)
        {
            Span<byte> form = stackalloc byte[IdRepair.MaxForm];
            var numbers = new int[sample.Length];
            for (var i = 0; i < sample.Length; i++)
            {
                var length = repair.OfList(users[sample[i]], form);
                numbers[i] = length == 0 ? -1 : _forms.GetOrAdd(form[..length]);
            }

            _samples.Add(numbers);
            if (_found.Length < _forms.Count) Array.Resize(ref _found, _forms.Count);
        }

        // Several threads may set the same entry; all set it to the same value.
        public void Look(ReadOnlySpan<byte> id)
        {
            Span<byte> form = stackalloc byte[IdRepair.MaxForm];
            var length = repair.OfPopulation(id, form);
            if (length > 0 && _forms.Find(form[..length]) is >= 0 and var number) _found[number] = true;
        }

        public int FoundOf(int list) => _samples[list].Count(number => number >= 0 && _found[number]);
    }
}

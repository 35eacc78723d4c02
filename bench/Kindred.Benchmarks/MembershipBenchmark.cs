using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kindred.Audiences;
using Kindred.Bench.Data;
using Kindred.Data.Memberships;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;

namespace Kindred.Benchmarks;

/// <summary>
/// Times single membership look-ups, one by one: from an index that is warm in memory, and at request time.
/// <c>dotnet run -c Release --project bench/Kindred.Benchmarks -- memberships [users] [audiences] [memberships] [sizes per target]</c>
/// </summary>
internal static class MembershipBenchmark
{
    private const int Shards = 4;
    private const int LookUps = 1_000_000;
    private const int RequestUsers = 256;
    private const int Requests = 20_000;

    public static void Run(string[] args)
    {
        int Argument(int place, int value) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : value;
        var (users, audiences, memberships, sizes) = (Argument(0, 1_000_000), Argument(1, 10_000), Argument(2, 200), Argument(3, 1));
        Print($"Reading the clock twice, which is included in every figure below: {Timed(LookUps, _ => { })}");
        LookUpInIndex(users, audiences, memberships, sizes);
        AskModels("1,000 linear models, d = 128", new ModelShape(128), 1000);
        AskModels("100 networks 64-64-32-1", new ModelShape(64, 64, 32), 100);
    }

    private static void LookUpInIndex(int users, int audiences, int memberships, int sizes)
    {
        var folder = Directory.CreateTempSubdirectory("kindred-memberships-").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            var (folders, ids) = Write(folder, users, audiences, memberships, sizes);
            var bytes = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            Print($"Written in {clock.Elapsed.TotalSeconds:F1} s: {users:N0} users, {audiences:N0} audiences of {sizes} sizes per target, {Shards} shards, {bytes / (double)users:F0} bytes per user");

            PublishedAudience[] published = [.. Enumerable.Range(0, audiences)
                .Select(i => new PublishedAudience($"{i / sizes}", null, $"{i % sizes}", i % sizes, 0, ""))];
            clock.Restart();
            using var index = MembershipIndex.Open(folders, published, verify: true);
            Print($"Opened and verified in {clock.Elapsed.TotalSeconds:F2} s");
            index.WarmUp();
            var room = new int[index.MostAudiences];
            var random = new SeededRandom(2);
            var asked = ids.Select([.. Enumerable.Range(0, LookUps).Select(_ => random.NextInt32(ids.Count))]);
            var found = 0L;
            for (var i = 0; i < LookUps; i++) found += index.Find(asked[i], room);
            Print($"{found / (double)LookUps:F1} audiences per user");
            for (var round = 0; round < 3; round++) Print($"Index, random users, round {round + 1}: {Timed(LookUps, i => found += index.Find(asked[i], room))}");
            Print($"Without a clock, the fastest of many batches: {FastestMean(i => found += index.Find(asked[i], room)):F0} ns per look-up");
            using var byBlock = MembershipIndex.Open(folders, published, verify: false);
            clock.Restart();
            for (var i = 0; i < LookUps; i++) found += byBlock.Find(asked[i], room);
            Print($"Opened without verifying: {LookUps:N0} look-ups, which verify each block once, in {clock.Elapsed.TotalSeconds:F2} s");
            for (var round = 0; round < 3; round++)
            {
                var whole = FastestMean(i => found += index.Find(asked[i], room));
                var blocks = FastestMean(i => found += byBlock.Find(asked[i], room));
                Print($"Verified whole {whole:F0} ns, by block {blocks:F0} ns per look-up: {blocks / whole:F3} times");
            }

            var strangers = IdList.From(Enumerable.Range(0, LookUps).Select(i => $"x{i:D8}"));
            Print($"Unknown users: {Timed(LookUps, i => found += index.Find(strangers[i], room))}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AskModels(string name, ModelShape shape, int models)
    {
        using var population = BenchPopulation.Create(1, RequestUsers, shape.Dimension);
        var shard = population.Shards[0];
        using var membership = new RequestMembership(
            [.. Enumerable.Range(0, models).Select(i => new PublishedAudience($"{i}", null, "1%", 1, 0, ""))],
            BenchModels.Create(1, models, shape), null);
        var (candidates, members) = (Enumerable.Range(0, models).ToArray(), new int[models]);
        void Ask(int i) => membership.Find(
            shard.UserIds[i % RequestUsers], "", shard.Embeddings.Span.Slice(i % RequestUsers * shape.Dimension, shape.Dimension), 0,
            candidates, members);
        Print($"At request time, {name}: {Timed(Requests, Ask)}");

        using var scorer = new RequestScorer(BenchModels.Create(1, models, shape));
        var scores = new float[models];
        void Score(int i) =>
            scorer.Score(shard.Embeddings.Span.Slice(i % RequestUsers * shape.Dimension, shape.Dimension), 0, candidates, scores);
        Print($"Scoring alone: {Timed(Requests, Score)}");
    }

    /// <summary>Times many calls one by one; the first tenth is a warm-up and does not count.</summary>
    private static string Timed(int count, Action<int> act)
    {
        var ticks = new long[count];
        for (var i = 0; i < count / 10; i++) act(i);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            act(i);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(ticks);
        double At(double share) => ticks[(int)(share * (count - 1))] * (1e9 / Stopwatch.Frequency);
        return string.Create(CultureInfo.InvariantCulture,
            $"p50 {At(0.5):N0} ns, p90 {At(0.9):N0} ns, p99 {At(0.99):N0} ns, p99.9 {At(0.999):N0} ns ({count:N0} calls, {allocated} bytes allocated)");
    }

    /// <summary>Nanoseconds per call in the fastest batch, which no other process interrupted.</summary>
    private static double FastestMean(Action<int> act)
    {
        const int InARow = 1_000;
        var fastest = double.MaxValue;
        for (var first = 0; first < LookUps; first += InARow)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = first; i < first + InARow; i++) act(i);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / InARow);
        }

        return fastest;
    }

    private static (string[] Folders, IdList Ids) Write(string folder, int users, int audiences, int memberships, int sizes)
    {
        string[] names = [.. Enumerable.Range(0, users).Select(i => string.Create(CultureInfo.InvariantCulture, $"u{i:D8}"))];
        var byShard = names.ToLookup(name => UserHash.ShardOf(UserHash.Of(Encoding.UTF8.GetBytes(name)), Shards));
        string[] folders = [.. Enumerable.Range(0, Shards).Select(shard => Path.Combine(folder, $"shard-{shard}"))];
        for (var shard = 0; shard < Shards; shard++)
        {
            var ids = IdList.From(byShard[shard]);
            var seed = (ulong)shard;
            UserAudienceTable.Write(folders[shard], ids, audiences, () => Lists(ids.Count, audiences, memberships, sizes, seed));
        }

        return (folders, IdList.From(names));
    }

    /// <summary>Users of each audience at random distances; a user is in <paramref name="memberships"/> audiences on average.</summary>
    private static IEnumerable<AudienceUsers> Lists(int users, int audiences, int memberships, int sizes, ulong seed)
    {
        // A user's smallest size is a random one of the target's sizes, so a user is in (1 + sizes) / 2 of them on average.
        // A second draw of a user for the same target is rare, and skipped.
        var random = new SeededRandom(seed);
        var taken = new int[users];
        var mean = (double)audiences / memberships * (1 + sizes) / 2;
        var members = new List<int>();
        for (var audience = 0; audience < audiences; audience++)
        {
            members.Clear();
            for (var user = random.NextInt32((int)(2 * mean)); user < users; user += 1 + random.NextInt32((int)(2 * mean) - 1))
            {
                if (taken[user] > audience / sizes) continue;
                taken[user] = audience / sizes + 1;
                members.Add(user);
            }

            yield return new AudienceUsers(audience, members.ToArray());
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

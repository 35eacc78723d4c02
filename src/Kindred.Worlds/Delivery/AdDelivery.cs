using Kindred.Numerics;

namespace Kindred.Worlds.Delivery;

/// <summary>Delivers ads to the active users of a world, to the audiences of one or more systems: a simulated online test.</summary>
/// <remarks>
/// Every visit is an ad slot. The advertisers that have the user in their audience, and have budget left, bid their value of a click times
/// the ad server's predicted click rate. The best bid of all other ads is the reserve; the winner pays the second price. What a user does
/// depends on their true affinity alone. Budgets are split between the arms by their shares: with a shared budget the better arm would take
/// from the other, and the measured difference would not be the one after a launch.
/// <para>Where budgets run out, users of one arm are not independent: all of them see less of an advertiser whose budget a few clicks used
/// up. No system causes that, and an analysis by user does not see it: its intervals are too short for impressions, far too short with a
/// pre-period (CUPED), and too long for revenue.</para>
/// <para>All random numbers are keyed by (seed, purpose, user, day, slot). Only budgets depend on an order: that of the slots' times.
/// Memory: about 100 bytes per active user, 25 for each audience that a system has the user in, and a day's slots and events.</para>
/// </remarks>
public sealed class AdDelivery
{
    private const long MillisecondsPerDay = 86_400_000;

    private readonly int[] _starts;

    private AdDelivery(DeliveryOptions options, AdMarket market, IReadOnlyList<DeliveryAudiences> chunks)
    {
        (Options, Market) = (options, market);
        Users = [.. chunks.SelectMany(chunk => chunk.Users)];
        Candidates = [.. chunks.SelectMany(chunk => chunk.Candidates)];
        _starts = new int[Users.Count + 1];
        var place = 0;
        foreach (var count in chunks.SelectMany(chunk => chunk.Counts)) _starts[place + 1] = _starts[place++] + count;
    }

    /// <summary>The market.</summary>
    public DeliveryOptions Options { get; }

    /// <summary>Active users, ascending by <see cref="DeliveryUser.Index"/>.</summary>
    public IReadOnlyList<DeliveryUser> Users { get; }

    /// <summary>The first moment of delivery, before the test: the end of the world's interactions, in Unix milliseconds.</summary>
    public long FirstDay { get; } = World.End * 1000;

    /// <summary>The start of the test, in Unix milliseconds.</summary>
    public long Start => FirstDay + (Options.PreDays * MillisecondsPerDay);

    /// <summary>The end of the test, in Unix milliseconds.</summary>
    public long End => FirstDay + (Options.AllDays * MillisecondsPerDay);

    internal AdMarket Market { get; }

    internal AdCandidate[] Candidates { get; }

    /// <summary>Looks up the audiences of every active user, by every system.</summary>
    /// <param name="world">The world.</param>
    /// <param name="options">The market.</param>
    /// <param name="audienceUsers">The requested audience size. Budgets depend on it, not on the size that a system reaches.</param>
    /// <param name="membership">The audiences of each user.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="KindredException">An option is out of its range.</exception>
    public static AdDelivery Prepare(
        World world, DeliveryOptions options, long audienceUsers, IAudienceMembership membership, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        OptionsValidation.Require(options);
        ArgumentOutOfRangeException.ThrowIfNegative(audienceUsers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(membership.Systems, 8);
        var market = new AdMarket(options, world.Advertisers.Count, audienceUsers);
        var chunks = new DeliveryAudiences[(int)((world.Options.Users + DeliveryAudiences.ChunkUsers - 1) / DeliveryAudiences.ChunkUsers)];
        var done = 0;
        Workers.Run(threads, chunks.Length, (chunk, _) =>
        {
            chunks[chunk] = DeliveryAudiences.Of(world, options, market, membership, chunk);
            progress?.Invoke((double)Interlocked.Increment(ref done) / chunks.Length);
        }, cancellation);
        return new AdDelivery(options, market, chunks);
    }

    /// <summary>Serves the users of every arm, day by day. Can be called again with other arms.</summary>
    /// <param name="arms">The arms. Their shares add up to 1, or to less if some users are in no arm.</param>
    /// <param name="armOf">[users] the arm of each of <see cref="Users"/>, or −1 for users without an arm, who see no ads.</param>
    /// <param name="happened">Receives the events of each day, ordered by time. What an impression leads to on the next day comes with the
    /// day of the impression. Null if only the outcome is needed.</param>
    /// <param name="threads">Worker threads, at most one per arm; the result does not depend on it.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    public DeliveryOutcome Run(
        IReadOnlyList<DeliveryArm> arms, IReadOnlyList<int> armOf, Action<DeliveryEvent>? happened, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(armOf.Count, Users.Count);
        var seen = new int[Candidates.Length];
        var deliveries = arms.Select((arm, number) => new ArmDelivery(this, number, arm, armOf, seen)).ToArray();
        var days = new IReadOnlyList<DeliveryEvent>[arms.Count];
        var events = 0L;
        for (var day = 0; day < Options.AllDays; day++)
        {
            Workers.Run(threads, arms.Count, (arm, _) => days[arm] = deliveries[arm].Serve(day), cancellation);
            events += days.Sum(ofArm => (long)ofArm.Count);
            if (happened is not null)
            {
                foreach (var one in days.SelectMany(ofArm => ofArm).OrderBy(one => (one.Time, one.User, one.Kind))) happened(one);
            }

            progress?.Invoke((day + 1.0) / Options.AllDays);
        }

        return new DeliveryOutcome([.. deliveries.Select(delivery => delivery.ToOutcome(armOf))], events);
    }

    /// <summary>Measures the audiences of a system.</summary>
    /// <returns>[advertisers] active users in the audience, and their mean true affinity: NaN if there are none.</returns>
    public IReadOnlyList<(long Users, double MeanAffinity)> AudiencesOf(int system)
    {
        var sums = new (long Users, double Affinity)[Market.DailyBudgets.Length];
        foreach (var ad in Candidates.Where(ad => ad.IsOf(system)))
        {
            sums[ad.Advertiser] = (sums[ad.Advertiser].Users + 1, sums[ad.Advertiser].Affinity + ad.Affinity);
        }

        return [.. sums.Select(sum => (sum.Users, sum.Affinity / sum.Users))];
    }

    /// <summary>Counts the users that two systems both have in an advertiser's audience.</summary>
    /// <returns>[advertisers] users.</returns>
    public IReadOnlyList<long> InBoth(int one, int other)
    {
        var both = new long[Market.DailyBudgets.Length];
        foreach (var ad in Candidates.Where(ad => ad.IsOf(one) && ad.IsOf(other))) both[ad.Advertiser]++;
        return both;
    }

    internal ReadOnlySpan<AdCandidate> CandidatesOf(int user) => Candidates.AsSpan()[_starts[user].._starts[user + 1]];

    /// <summary>The place of a user's first candidate in <see cref="Candidates"/>.</summary>
    internal int FirstCandidate(int user) => _starts[user];
}

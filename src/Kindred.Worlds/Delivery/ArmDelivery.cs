using Kindred.Sampling;

namespace Kindred.Worlds.Delivery;

/// <summary>Serves one arm day by day. Slots are served in the order of their times, because budgets depend on it; all random numbers are
/// keyed.</summary>
internal sealed class ArmDelivery
{
    private const int MostSlots = 511;
    private const double MostSlotsExpected = 40;
    private const int Hidden = -1;
    private const int MillisecondsPerDay = 86_400_000;

    private readonly AdDelivery _delivery;
    private readonly int _number;
    private readonly DeliveryArm _arm;
    private readonly int[] _users;
    private readonly int[] _seen;
    private readonly PacedBudget[] _budgets;
    private readonly ArmCounts _counts;
    private readonly List<DeliveryEvent> _events = [];
    private readonly List<ulong> _slots = [];

    /// <param name="delivery">Users, candidates and the market.</param>
    /// <param name="number">The number of the arm.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="armOf">[users] the arm of each.</param>
    /// <param name="seen">[candidates] impressions so far; shared with the other arms, which have other users.</param>
    public ArmDelivery(AdDelivery delivery, int number, DeliveryArm arm, IReadOnlyList<int> armOf, int[] seen)
    {
        (_delivery, _number, _arm, _seen) = (delivery, number, arm, seen);

        // A user in no audience sees no ad, so their slots need not be drawn.
        _users = [.. Enumerable.Range(0, armOf.Count).Where(user => armOf[user] == number && delivery.CandidatesOf(user).Length > 0)];
        _budgets = [.. delivery.Market.DailyBudgets.Select(daily => new PacedBudget(daily * arm.Share))];
        _counts = new ArmCounts(_budgets.Length);
    }

    /// <summary>Serves a day.</summary>
    /// <param name="day">The day, counted from the first day of delivery.</param>
    /// <returns>The day's events by time; valid until the next call.</returns>
    public IReadOnlyList<DeliveryEvent> Serve(int day)
    {
        _events.Clear();
        for (var i = 0; i < _budgets.Length; i++) _budgets[i].NewDay();
        FindSlots(day);
        foreach (var slot in _slots) Serve(day, (int)(slot >> 37), (int)(slot >> 9 & 0xFFF_FFFF), (int)(slot & MostSlots));
        _events.Sort(static (a, b) => (a.Time, a.User, a.Kind).CompareTo((b.Time, b.User, b.Kind)));
        return _events;
    }

    public ArmOutcome ToOutcome(IReadOnlyList<int> armOf)
    {
        var (audiences, inAny) = (new long[_budgets.Length], 0L);
        foreach (var user in _users)
        {
            var any = false;
            foreach (var ad in _delivery.CandidatesOf(user))
            {
                if (!ad.IsOf(_arm.System)) continue;
                audiences[ad.Advertiser]++;
                any = true;
            }

            if (any) inAny++;
        }

        return _counts.ToOutcome(armOf.LongCount(arm => arm == _number), audiences, inAny,
            [.. _budgets.Select(budget => budget.Daily * _delivery.Options.Days)]);
    }

    /// <summary>Slots of a day: time of day (27 bits), place of the user (28) and number of the slot on that day (9), ascending.</summary>
    private void FindSlots(int day)
    {
        _slots.Clear();
        foreach (var user in _users)
        {
            var (index, _, expected) = _delivery.Users[user];
            var random = SeededRandom.Keyed(_delivery.Options.Seed, (ulong)WorldStream.AdSlots, (ulong)index, (ulong)day);
            var count = Math.Min(MostSlots, random.NextPoisson(Math.Min(expected, MostSlotsExpected)));
            for (var i = 0; i < count; i++) _slots.Add((ulong)random.NextInt32(MillisecondsPerDay) << 37 | (ulong)user << 9 | (uint)i);
        }

        _slots.Sort();
    }

    /// <summary>Runs a second-price auction between the ads of the user's audiences and the best of all other ads.</summary>
    private void Serve(int day, int time, int user, int slot)
    {
        var random = SeededRandom.Keyed(
            _delivery.Options.Seed, (ulong)WorldStream.SlotOutcomes, (ulong)_delivery.Users[user].Index, (ulong)day << 9 | (uint)slot);
        var system = day < _delivery.Options.PreDays ? 0 : _arm.System;
        var competing = _delivery.Market.Competing(random.NextGaussian());
        var (winner, best, price) = (-1, competing, competing);
        var end = _delivery.FirstCandidate(user) + _delivery.CandidatesOf(user).Length;
        for (var i = _delivery.FirstCandidate(user); i < end; i++)
        {
            var ad = _delivery.Candidates[i];
            if (!ad.IsOf(system) || _seen[i] == Hidden || !_budgets[ad.Advertiser].IsLeft(time)) continue;
            var bid = ad.Bid * (float)AdResponse.Fatigue(_seen[i], _delivery.Options.FatigueImpressions);
            if (bid > best) (winner, price, best) = (i, best, bid);
            else price = Math.Max(price, Math.Min(bid, best));
        }

        if (winner >= 0) Show(day, time, user, winner, best, price, ref random);
    }

    private void Show(int day, int time, int user, int candidate, float bid, float price, ref SeededRandom random)
    {
        var ad = _delivery.Candidates[candidate];
        var click = AdResponse.Click(ad.Affinity) * AdResponse.Fatigue(_seen[candidate], _delivery.Options.FatigueImpressions);
        var at = _delivery.FirstDay + (day * (long)MillisecondsPerDay) + time;
        var during = day >= _delivery.Options.PreDays;
        _seen[candidate]++;
        if (during) _counts.Expect(ad.Affinity, click);
        var clicked = random.NextDouble() < click;
        Add(at, DeliveryEventKind.Impression, _budgets[ad.Advertiser].Pay(_delivery.Market.Cost(ad.Advertiser, bid, price, clicked)));

        if (clicked)
        {
            at += 1_000 + random.NextInt32(20_000);
            Add(at, DeliveryEventKind.Click, 0);
            if (random.NextDouble() >= AdResponse.GoodClick(ad.Affinity)) return;
            at += 30_000;
            Add(at, DeliveryEventKind.GoodClick, 0);
            if (random.NextDouble() >= AdResponse.Purchase(ad.Affinity)) return;
            at += 60_000 + random.NextInt32(1_200_000);
            Add(at, DeliveryEventKind.Purchase, AdResponse.PurchaseValue(random.NextGaussian()));
        }
        else if (random.NextDouble() < AdResponse.Hide(ad.Affinity))
        {
            _seen[candidate] = Hidden;
            Add(at + 3_000, DeliveryEventKind.Hide, 0);
        }

        void Add(long time, DeliveryEventKind kind, float value)
        {
            // Purchases after the end are not counted; those after the pre-period belong to the test, as in any log.
            if (time >= _delivery.End) return;
            var happened = new DeliveryEvent(user, _number, time, kind, ad.Advertiser, value);
            _events.Add(happened);
            if (time >= _delivery.Start) _counts.Add(happened);
        }
    }
}

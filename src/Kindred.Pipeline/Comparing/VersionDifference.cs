using Kindred.Pipeline.Serving;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Comparing;

/// <summary>The differences between two published versions.</summary>
/// <param name="From">The first version.</param>
/// <param name="To">The second version.</param>
/// <param name="Audiences">Audiences of both, in the order of the second, then those that only the first has.</param>
/// <param name="UsersGained">The number of users that only the second version has.</param>
/// <param name="UsersLost">The number of users that only the first version has.</param>
/// <param name="Attention">The lists that need attention, with the reason.</param>
public sealed record VersionDifference(
    RunVersion From, RunVersion To, IReadOnlyList<AudienceDifference> Audiences, long UsersGained, long UsersLost,
    IReadOnlyList<ListAttention> Attention)
{
    // Above this, distributions differ so much that a threshold of one day means little on another (the usual rule for this index).
    private const double MuchDrift = 0.25;

    // Applies to lost members and to seeds that no longer match.
    private const double ManyLost = 0.5;
    private const double ManyUnmatched = 0.2;

    /// <summary>Compares two versions of a store. Both must have been published with an index.</summary>
    /// <param name="store">The store.</param>
    /// <param name="from">The number of the first version.</param>
    /// <param name="to">The number of the second version.</param>
    /// <exception cref="KindredException">One of them does not exist, has no index, or is damaged.</exception>
    public static VersionDifference Of(RunStore store, int from, int to)
    {
        using var one = store.Read(() => PublishedVersion.Open(store, from));
        using var other = store.Read(() => PublishedVersion.Open(store, to));
        var (all, ofOne, ofOther) = AudiencePairs.Of(one.Version, other.Version);
        var (before, after) = (new long[all.Count], new long[all.Count]);
        var (gained, lost, known) = (new long[all.Count], new long[all.Count], new bool[all.Count]);
        var (usersGained, usersLost) = (0L, 0L);
        var buffer = new int[Math.Max(one.Index.MostAudiences, other.Index.MostAudiences)];
        one.Index.ForEach((id, audiences) =>
        {
            var count = other.Index.Find(id, buffer);
            if (count < 0) usersLost++;
            foreach (var audience in audiences)
            {
                before[ofOne[audience]]++;
                known[ofOne[audience]] = true;
            }

            for (var i = 0; i < count; i++)
            {
                if (!known[ofOther[buffer[i]]]) gained[ofOther[buffer[i]]]++;
                known[ofOther[buffer[i]]] = false;
            }

            // Users that are still marked are only in the first version.
            foreach (var audience in audiences)
            {
                if (known[ofOne[audience]]) lost[ofOne[audience]]++;
                known[ofOne[audience]] = false;
            }
        });
        other.Index.ForEach((id, audiences) =>
        {
            foreach (var audience in audiences) after[ofOther[audience]]++;
            if (one.Index.Find(id, buffer) >= 0) return;
            usersGained++;
            foreach (var audience in audiences) gained[ofOther[audience]]++;
        });

        // Published sizes count active users only, and indexes do not tell who is active: members are counted in the indexes instead.
        AudienceDifference[] counted =
        [
            .. all.Select((row, i) => row with
            {
                Before = row.SizeBefore is null ? null : before[i],
                After = row.SizeAfter is null ? null : after[i],
                Gained = gained[i],
                Lost = lost[i],
            }),
        ];
        return new VersionDifference(one.Version, other.Version, counted, usersGained, usersLost,
            [.. AttentionOf(one.Version, other.Version, counted)]);
    }

    /// <summary>Returns the part that an owner may see: the owner's lists without reasons for attention, which disclose small
    /// counts.</summary>
    /// <param name="owner">The owner. Lists that had another owner in one of the versions are left out.</param>
    /// <exception cref="KindredException">The owner has no list in either version.</exception>
    public VersionDifference OfOwner(string owner)
    {
        var owners = From.Units.Concat(To.Units).ToLookup(unit => unit.List, unit => unit.Owner);
        var audiences = Audiences.Where(audience => owners[audience.List].All(of => of == owner)).ToArray();
        return audiences.Length > 0 ? this with { Audiences = audiences, Attention = [] }
            : throw new KindredException(ErrorKind.BadInput, "owner_without_audience",
                $"Versions {RunStore.Name(From.Number)} and {RunStore.Name(To.Number)} have no audience of owner '{owner}'.",
                "Compare the audiences of all owners, or give another owner.");
    }

    private static IEnumerable<ListAttention> AttentionOf(RunVersion from, RunVersion to, AudienceDifference[] all)
    {
        var before = from.Units.ToDictionary(unit => (unit.List, unit.TrainingCountry));
        foreach (var unit in to.Units)
        {
            var old = before.GetValueOrDefault((unit.List, unit.TrainingCountry));
            if (unit.Rejected is { } reason)
            {
                yield return new ListAttention(unit.List, unit.TrainingCountry,
                    (old is { Rejected: null } ? "no longer has an audience: " : "has no audience: ") + reason);
            }

            foreach (var target in unit.Targets.Where(target => target.Rejected is not null))
            {
                yield return new ListAttention(unit.List, target.Country, "has no audience: " + target.Rejected);
            }

            if (old is null) continue;
            var (wasMatched, isMatched) = (Share(old.Matched, old.Given), Share(unit.Matched, unit.Given));
            if (wasMatched - isMatched > ManyUnmatched)
            {
                yield return new ListAttention(unit.List, unit.TrainingCountry, FormattableString.Invariant($"only {isMatched:0%} of its seeds are in the population, {wasMatched:0%} before: the spelling of ids may have changed."));
            }

            foreach (var target in unit.Targets)
            {
                var drift = ScoreDrift.Index(old.Targets.FirstOrDefault(other => other.Country == target.Country)?.Quantiles ?? [],
                    target.Quantiles);
                if (drift > MuchDrift) yield return new ListAttention(unit.List, target.Country, FormattableString.Invariant($"the score distribution has changed (population stability index {drift:F2}, above {MuchDrift}): its model or the population has changed."));
            }
        }

        // Another requested size explains many lost members.
        foreach (var audience in all
            .Where(audience => audience.SizeBefore == audience.SizeAfter && audience.Lost > ManyLost * audience.Before))
        {
            yield return new ListAttention(audience.List, audience.Country,
                FormattableString.Invariant($"{audience.Size} lost {audience.Lost:N0} of its members, more than {ManyLost:0%}."));
        }

        foreach (var list in from.Units.Select(unit => unit.List).Except(to.Units.Select(unit => unit.List)).Distinct())
        {
            yield return new ListAttention(list, null, to.Paused.Contains(list) ? "is paused." : "is no longer among the seed lists.");
        }
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

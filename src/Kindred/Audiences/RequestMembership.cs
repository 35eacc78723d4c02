using System.Buffers;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>Decides at request time which audiences a user is in, from the user's embedding, the audiences' models and their
/// thresholds.</summary>
/// <remarks>
/// Agrees with the published lists, and also answers for users who are not in them: new users, who are folded in, and inactive users,
/// because recent activity is not checked. Safe for concurrent use; a look-up allocates nothing.
/// </remarks>
public sealed class RequestMembership : IDisposable
{
    private const int Everywhere = -1;
    private const int Nowhere = -2;
    private const int WithoutModel = -3;

    private readonly RequestScorer _scorer;
    private readonly int[] _scorerOf;
    private readonly int[] _countryOf;
    private readonly Dictionary<string, int> _countries = new(StringComparer.Ordinal);
    private readonly float[] _thresholds;
    private readonly IdList _lastUserIds;
    private readonly IExcludedUsers? _excluded;

    /// <summary>Prepares audiences for look-ups of single users.</summary>
    /// <param name="audiences">At least one, in the order of their numbers.</param>
    /// <param name="scorers">One scorer per audience; a scorer that several audiences share is evaluated once. Null for an audience whose
    /// model was deleted: nobody is in it at request time.</param>
    /// <param name="excluded">The users that audiences exclude, or null for none. Not disposed of with this object.</param>
    /// <exception cref="KindredException">A scorer cannot score a single user, or a threshold is not a finite number.</exception>
    public RequestMembership(IReadOnlyList<PublishedAudience> audiences, IReadOnlyList<IUserScorer?> scorers, IExcludedUsers? excluded)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scorers.Count, audiences.Count);
        var numbers = new Dictionary<IUserScorer, int>(ReferenceEqualityComparer.Instance);
        _scorerOf = [.. scorers.Select(scorer => scorer is null ? WithoutModel
            : numbers.TryAdd(scorer, numbers.Count) ? numbers.Count - 1 : numbers[scorer])];
        _countryOf = [.. audiences.Zip(scorers, (audience, scorer) => scorer is null ? WithoutModel : NumberOf(audience.Country))];
        _thresholds = [.. audiences.Select(Threshold)];
        _lastUserIds = IdList.From(audiences.Select(audience => audience.LastUserId));
        _excluded = excluded;
        _scorer = new RequestScorer([.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
    }

    /// <summary>The published audiences.</summary>
    public int Count => _thresholds.Length;

    /// <summary>Length of an embedding.</summary>
    public int Dimension => _scorer.Dimension;

    /// <summary>Finds which of the given audiences a user is in.</summary>
    /// <param name="userId">The user's id, which decides between equal scores.</param>
    /// <param name="country">The user's country; empty if users have none.</param>
    /// <param name="embedding">[dimension] as stored in the population, or as folded in.</param>
    /// <param name="activity">log1p of the number of the user's items, as stored; 0 where the population has no activity.</param>
    /// <param name="candidates">Numbers of the audiences to check, preferably ascending.</param>
    /// <param name="members">[candidates] receives those that contain the user, in the order of <paramref name="candidates"/>.</param>
    /// <returns>The number of audiences that contain the user.</returns>
    /// <exception cref="KindredException">A score is not finite.</exception>
    public int Find(
        ReadOnlySpan<byte> userId, string country, ReadOnlySpan<float> embedding, float activity, ReadOnlySpan<int> candidates,
        Span<int> members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members.Length, candidates.Length);
        var numbers = ArrayPool<int>.Shared.Rent((_excluded is null ? 0 : Count) + _scorer.Count + 2 * candidates.Length);
        var scores = ArrayPool<float>.Shared.Rent(candidates.Length);
        var left = numbers.AsSpan();
        var asked = Take(ref left, candidates.Length);
        var askedAt = Take(ref left, candidates.Length);
        var places = Take(ref left, _scorer.Count);

        var eligible = Eligible(userId, country, candidates, left, members);
        var models = ModelsOf(members[..eligible], asked, askedAt, places);
        if (models > 0) _scorer.Score(embedding, activity, asked[..models], scores);
        var count = 0;
        for (var i = 0; i < eligible; i++)
        {
            var audience = members[i];
            if (IsIn(userId, audience, scores[askedAt[i]])) members[count++] = audience;
        }

        ArrayPool<float>.Shared.Return(scores);
        ArrayPool<int>.Shared.Return(numbers);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _scorer.Dispose();

    private static Span<int> Take(ref Span<int> from, int count)
    {
        var taken = from[..count];
        from = from[count..];
        return taken;
    }

    /// <summary>The candidates of the user's country that do not exclude the user.</summary>
    private int Eligible(ReadOnlySpan<byte> userId, string country, ReadOnlySpan<int> candidates, Span<int> excluded, Span<int> eligible)
    {
        excluded = _excluded is null ? [] : excluded[.._excluded.Find(userId, excluded)];
        var own = _countries.GetValueOrDefault(country, Nowhere);
        var (count, at, last) = (0, 0, -1);
        foreach (var audience in candidates)
        {
            if (_countryOf[audience] is not Everywhere and var of && of != own) continue;

            // Ascending candidates walk along the excluded ones.
            if (audience < last) at = 0;
            last = audience;
            while (at < excluded.Length && excluded[at] < audience) at++;
            if (at == excluded.Length || excluded[at] != audience) eligible[count++] = audience;
        }

        return count;
    }

    /// <summary>The distinct models of some audiences.</summary>
    /// <param name="audiences">The audiences.</param>
    /// <param name="asked">[audiences] the models.</param>
    /// <param name="askedAt">[audiences] the index in <paramref name="asked"/> of the model of each.</param>
    /// <param name="places">[models] any content: an entry counts only where <paramref name="asked"/> confirms it, so the buffer is never
    /// cleared.</param>
    private int ModelsOf(ReadOnlySpan<int> audiences, Span<int> asked, Span<int> askedAt, Span<int> places)
    {
        var count = 0;
        for (var i = 0; i < audiences.Length; i++)
        {
            var model = _scorerOf[audiences[i]];
            var place = places[model];
            if ((uint)place >= (uint)count || asked[place] != model)
            {
                place = places[model] = count++;
                asked[place] = model;
            }

            askedAt[i] = place;
        }

        return count;
    }

    private bool IsIn(ReadOnlySpan<byte> userId, int audience, float score)
    {
        if (!float.IsFinite(score)) throw PopulationScan.NotFinite();
        var threshold = _thresholds[audience];

        // −0 and 0 count as the same score, as in the scan: they compare as equal.
        return score > threshold || (score == threshold && userId.SequenceCompareTo(_lastUserIds[audience]) <= 0);
    }

    private int NumberOf(string? country)
    {
        if (country is null) return Everywhere;
        _countries.TryAdd(country, _countries.Count);
        return _countries[country];
    }

    private static float Threshold(PublishedAudience audience)
    {
        if (audience.Users == 0) return float.PositiveInfinity;
        return float.IsFinite(audience.Score)
            ? audience.Score
            : throw new KindredException(ErrorKind.Corrupt, "audience_threshold_not_finite",
                $"The audience of seed list '{audience.SeedListId}', size {audience.Size}, has the threshold {audience.Score}, " +
                "which is not a finite number.",
                "Publish the audiences again.")
            {
                Values = new Dictionary<string, object?> { ["seed_list"] = audience.SeedListId, ["size"] = audience.Size },
            };
    }
}

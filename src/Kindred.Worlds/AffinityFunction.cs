using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>The affinity of users to one advertiser: a sigmoid of weighted topic shares, of the geometric mean of two of them, and of small
/// effects of country and activity.</summary>
internal sealed class AffinityFunction
{
    private const double LogitMean = -3.2;
    private const double LogitDeviation = 1.7;
    private const double CountryEffect = 0.25;
    private const double ActivityEffect = 0.2;

    private readonly int[] _topics;
    private readonly double[] _weights;
    private readonly double _pairWeight;
    private readonly double[] _countryEffects;
    private readonly double _offset;
    private readonly double _scale;

    /// <param name="advertiser">The advertiser, with topics and weights.</param>
    /// <param name="sample">Users that the utility is standardised on.</param>
    /// <param name="seed">The seed of the world.</param>
    /// <param name="countries">The number of countries.</param>
    public AffinityFunction(WorldAdvertiser advertiser, IReadOnlyList<WorldUser> sample, ulong seed, int countries)
    {
        _topics = [.. advertiser.Topics.Select(topic => topic.Topic)];
        _weights = [.. advertiser.Topics.Select(topic => topic.Weight / Deviation(sample, user => user.TopicShares.Span[topic.Topic]))];
        _pairWeight = advertiser.PairWeight == 0 ? 0 : advertiser.PairWeight / Deviation(sample, user => Pair(user.TopicShares.Span));
        _countryEffects = CountryEffects(advertiser.Index, seed, countries);

        var mean = sample.Average(Utility);
        _scale = LogitDeviation / Deviation(sample, Utility);
        _offset = LogitMean - (mean * _scale);
        Median = sample.Select(Of).Order().ElementAt(sample.Count / 2);
    }

    /// <summary>The median affinity over the users.</summary>
    public double Median { get; }

    /// <summary>Computes the affinity of a user, in (0, 1).</summary>
    public double Of(WorldUser user) => 1 / (1 + Math.Exp(-(_offset + (_scale * Utility(user)))));

    private double Utility(WorldUser user)
    {
        var shares = user.TopicShares.Span;
        var utility = _countryEffects[user.CountryNumber] + (ActivityEffect * user.ActivityScore);
        for (var i = 0; i < _topics.Length; i++) utility += _weights[i] * shares[_topics[i]];
        return _pairWeight == 0 ? utility : utility + (_pairWeight * Pair(shares));
    }

    // The geometric mean: 0 unless the user likes both topics, and without extreme users who would make up the whole audience.
    private double Pair(ReadOnlySpan<float> shares) => Math.Sqrt(shares[_topics[0]] * shares[_topics[1]]);

    private static double[] CountryEffects(int advertiser, ulong seed, int countries)
    {
        var random = SeededRandom.Keyed(seed, (ulong)WorldStream.Advertisers, (ulong)advertiser, 1);
        var effects = new double[countries];
        for (var i = 0; i < countries; i++) effects[i] = CountryEffect * random.NextGaussian();
        return effects;
    }

    private static double Deviation(IReadOnlyList<WorldUser> users, Func<WorldUser, double> value)
    {
        var mean = users.Average(value);
        var variance = users.Average(user => (value(user) - mean) * (value(user) - mean));
        // A topic without any interest in the sample would divide by 0.
        return Math.Sqrt(Math.Max(variance, 1e-12));
    }
}

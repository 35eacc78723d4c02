using System.Globalization;
using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>Makes each user from the seed and the user's number alone.</summary>
internal sealed class UserGenerator
{
    private const double ActivityDeviation = 1.0;
    private const double IdleShare = 0.01;
    private const double LapsedShare = 0.25;

    // The lowest activity score: users far below the average count as this inactive.
    private const double IdleScore = -2.5;

    private readonly WorldOptions _options;
    private readonly TopicPriors _topics;
    private readonly AliasTable _countries;
    private readonly string _idFormat;
    private readonly double _logActivity;
    private readonly int _mostInteractions;

    public UserGenerator(WorldOptions options, TopicPriors topics)
    {
        _options = options;
        _topics = topics;
        _countries = new AliasTable(WorldCountries.Sizes(options.Countries));
        var digits = (options.Users - 1).ToString(CultureInfo.InvariantCulture).Length;
        _idFormat = "D" + Math.Max(7, digits).ToString(CultureInfo.InvariantCulture);
        _logActivity = Math.Log(options.MeanInteractions / (1 - IdleShare)) - (ActivityDeviation * ActivityDeviation / 2);
        _mostInteractions = Math.Min(5_000, options.ItemCount / 5);
    }

    public WorldUser Make(long index, WorldStream stream = WorldStream.Users)
    {
        var random = SeededRandom.Keyed(_options.Seed, (ulong)stream, (ulong)index);
        var country = _countries.Draw(ref random);
        var shares = TopicShares(ref random, country);
        var score = random.NextDouble() < IdleShare ? double.NegativeInfinity : random.NextGaussian();
        var rate = Math.Exp(_logActivity + (ActivityDeviation * score));
        var count = Math.Min(random.NextPoisson(rate), _mostInteractions);
        return new WorldUser
        {
            Index = index,
            Id = IdOf(index),
            CountryNumber = country,
            Country = WorldCountries.Codes[country],
            TopicShares = shares,
            ActivityRate = rate,
            ActivityScore = Math.Max(IdleScore, score),
            InteractionCount = count,
            LastSeen = count == 0 ? null : LastSeen(ref random),
        };
    }

    public string IdOf(long index) => "u" + index.ToString(_idFormat, CultureInfo.InvariantCulture);

    /// <summary>A draw of Dirichlet(2 · prior) by breaking a stick (Sethuraman 1994): sparse, and a few draws instead of one per
    /// topic.</summary>
    private float[] TopicShares(ref SeededRandom random, int country)
    {
        var prior = _topics.Of(country);
        var shares = new float[_options.Topics];
        var rest = 1.0;
        while (rest > 0.01)
        {
            // Each piece takes Beta(1, 2) of the rest and leaves √U of it.
            var left = rest * Math.Sqrt(random.NextDouble());
            shares[prior.Draw(ref random)] += (float)(rest - left);
            rest = left;
        }

        shares[prior.Draw(ref random)] += (float)rest;
        return shares;
    }

    private static long LastSeen(ref SeededRandom random)
    {
        var lapsed = random.NextDouble() < LapsedShare;
        var place = random.NextDouble();
        // A day lies between the lapsed and the active, so that "30 days before the newest interaction" tells them
        // apart even where the newest is some hours before the end. The square brings most active users near it.
        return lapsed
            ? World.Start + (long)(place * (World.ActiveSince - World.SecondsPerDay - World.Start))
            : World.End - 1 - (long)(place * place * (World.End - World.ActiveSince));
    }
}

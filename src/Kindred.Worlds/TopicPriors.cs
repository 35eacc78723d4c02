using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>The popularity of each topic, overall and in each country.</summary>
internal sealed class TopicPriors
{
    private const double PopularityExponent = 0.5;
    private const double CountryTilt = 0.6;

    private readonly AliasTable[] _byCountry;

    public TopicPriors(WorldOptions options)
    {
        Weights = new double[options.Topics];
        for (var topic = 0; topic < Weights.Length; topic++) Weights[topic] = Math.Pow(topic + 1, -PopularityExponent);

        _byCountry = new AliasTable[options.Countries];
        for (var country = 0; country < _byCountry.Length; country++)
        {
            _byCountry[country] = new AliasTable(Tilted(options.Seed, country));
        }
    }

    /// <summary>[topics] relative weights over all countries.</summary>
    public double[] Weights { get; }

    /// <summary>Draws a topic by its popularity in a country.</summary>
    public AliasTable Of(int country) => _byCountry[country];

    private double[] Tilted(ulong seed, int country)
    {
        var random = SeededRandom.Keyed(seed, (ulong)WorldStream.TopicPriors, (ulong)country);
        var weights = new double[Weights.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = Weights[i] * Math.Exp(CountryTilt * random.NextGaussian());
        return weights;
    }
}

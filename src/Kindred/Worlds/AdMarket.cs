using Kindred.Numerics;

namespace Kindred.Worlds;

/// <summary>What advertisers bid and may spend, and what they are up against.</summary>
internal sealed class AdMarket
{
    private readonly DeliveryOptions _options;
    private readonly double[] _valuePerClick;

    /// <param name="options">The market.</param>
    /// <param name="advertisers">How many advertisers there are.</param>
    /// <param name="audienceUsers">Users of an audience of the size that was asked for.</param>
    public AdMarket(DeliveryOptions options, int advertisers, long audienceUsers)
    {
        _options = options;
        _valuePerClick = new double[advertisers];
        DailyBudgets = new double[advertisers];
        for (var i = 0; i < advertisers; i++)
        {
            var random = SeededRandom.Keyed(options.Seed, (ulong)WorldStream.MarketAdvertisers, (ulong)i);
            _valuePerClick[i] = options.ValuePerClick * Math.Exp(options.ValueSpread * random.NextGaussian());
            DailyBudgets[i] = audienceUsers * options.BudgetPerUser * Math.Exp(options.BudgetSpread * random.NextGaussian());
        }
    }

    /// <summary>[advertisers] what each may spend a day, in all arms together.</summary>
    public double[] DailyBudgets { get; }

    /// <summary>What an advertiser bids for a first impression on a user.</summary>
    public float Bid(int advertiser, long user, double affinity)
    {
        var random = SeededRandom.Keyed(_options.Seed, (ulong)WorldStream.PredictedClicks, (ulong)user, (ulong)advertiser);
        var spread = _options.PredictionSpread;
        var predicted = AdResponse.Click(affinity) * Math.Exp((spread * random.NextGaussian()) - (spread * spread / 2));
        return (float)(_valuePerClick[advertiser] * predicted);
    }

    /// <summary>The best bid of all other ads for one impression.</summary>
    /// <param name="gaussian">A number of the standard normal distribution.</param>
    public float Competing(double gaussian) => (float)(_options.CompetingBid / 1000 * Math.Exp(_options.CompetingSpread * gaussian));
}

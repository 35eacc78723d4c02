using Kindred.Sampling;

namespace Kindred.Worlds.Delivery;

/// <summary>The ad market: the advertisers' bids and budgets, and the bids of all other ads.</summary>
internal sealed class AdMarket
{
    private readonly DeliveryOptions _options;
    private readonly float[] _valuePerClick;
    private readonly bool[] _paysByClick;

    /// <param name="options">The market.</param>
    /// <param name="advertisers">The number of advertisers.</param>
    /// <param name="audienceUsers">The requested audience size, in users.</param>
    public AdMarket(DeliveryOptions options, int advertisers, long audienceUsers)
    {
        _options = options;
        _valuePerClick = new float[advertisers];
        _paysByClick = new bool[advertisers];
        DailyBudgets = new double[advertisers];
        for (var i = 0; i < advertisers; i++)
        {
            var random = SeededRandom.Keyed(options.Seed, (ulong)WorldStream.MarketAdvertisers, (ulong)i);
            _valuePerClick[i] = (float)(options.ValuePerClick * Math.Exp(options.ValueSpread * random.NextGaussian()));
            DailyBudgets[i] = audienceUsers * options.BudgetPerUser * Math.Exp(options.BudgetSpread * random.NextGaussian());
            _paysByClick[i] = random.NextDouble() < options.ClickBilledShare;
        }
    }

    /// <summary>[advertisers] daily budgets, of all arms together.</summary>
    public double[] DailyBudgets { get; }

    /// <summary>An advertiser's bid for the first impression on a user.</summary>
    public float Bid(int advertiser, long user, double affinity)
    {
        var random = SeededRandom.Keyed(_options.Seed, (ulong)WorldStream.PredictedClicks, (ulong)user, (ulong)advertiser);
        var spread = _options.PredictionSpread;
        var predicted = AdResponse.Click(affinity) * Math.Exp((spread * random.NextGaussian()) - (spread * spread / 2));
        return _valuePerClick[advertiser] * (float)predicted;
    }

    /// <summary>The cost of an impression: its price, or, for an advertiser that pays by click, the cost per click that equals the price on
    /// average by the predicted click rate.</summary>
    /// <param name="advertiser">The advertiser.</param>
    /// <param name="bid">The advertiser's bid.</param>
    /// <param name="price">The second price: at most the bid.</param>
    /// <param name="clicked">True if there is a click.</param>
    public float Cost(int advertiser, float bid, float price, bool clicked)
    {
        if (!_paysByClick[advertiser]) return price;
        return clicked ? price / bid * _valuePerClick[advertiser] : 0;
    }

    /// <summary>Draws the best bid of all other ads for one impression.</summary>
    /// <param name="gaussian">A number of the standard normal distribution.</param>
    public float Competing(double gaussian) => (float)(_options.CompetingBid / 1000 * Math.Exp(_options.CompetingSpread * gaussian));
}

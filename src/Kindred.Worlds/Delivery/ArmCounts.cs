namespace Kindred.Worlds.Delivery;

/// <summary>Counts of one arm while it is served.</summary>
internal sealed class ArmCounts(int advertisers)
{
    private readonly double[] _spent = new double[advertisers];
    private readonly HashSet<int> _reached = [];
    private readonly HashSet<int> _paidFor = [];
    private long _impressions, _clicks, _goodClicks, _hides, _purchases;
    private double _purchased, _affinity, _expectedClicks, _expectedGoodClicks, _expectedHides;

    public void Add(in DeliveryEvent happened)
    {
        switch (happened.Kind)
        {
            case DeliveryEventKind.Impression:
                _impressions++;
                _spent[happened.Advertiser] += happened.Value;
                _reached.Add(happened.User);
                if (happened.Value > 0) _paidFor.Add(happened.User);
                break;
            case DeliveryEventKind.Click:
                _clicks++;
                break;
            case DeliveryEventKind.GoodClick:
                _goodClicks++;
                break;
            case DeliveryEventKind.Hide:
                _hides++;
                break;
            default:
                _purchases++;
                _purchased += happened.Value;
                break;
        }
    }

    /// <summary>Adds the expected response to an impression.</summary>
    public void Expect(double affinity, double click)
    {
        _affinity += affinity;
        _expectedClicks += click;
        _expectedGoodClicks += click * AdResponse.GoodClick(affinity);
        _expectedHides += (1 - click) * AdResponse.Hide(affinity);
    }

    /// <param name="users">Users in the arm.</param>
    /// <param name="audienceUsers">[advertisers] users of the arm in each audience.</param>
    /// <param name="usersInAudiences">Users of the arm in any audience.</param>
    /// <param name="budgets">[advertisers] budgets of the whole test.</param>
    public ArmOutcome ToOutcome(long users, IReadOnlyList<long> audienceUsers, long usersInAudiences,
        IReadOnlyList<double> budgets) => new()
        {
            Users = users,
            AudienceUsers = audienceUsers,
            UsersInAudiences = usersInAudiences,
            UsersReached = _reached.Count,
            UsersPaidFor = _paidFor.Count,
            Impressions = _impressions,
            Clicks = _clicks,
            GoodClicks = _goodClicks,
            Hides = _hides,
            Purchases = _purchases,
            PurchaseValue = _purchased,
            MeanAffinity = _affinity / _impressions,
            ExpectedClicks = _expectedClicks,
            ExpectedGoodClicks = _expectedGoodClicks,
            ExpectedHides = _expectedHides,
            Budgets = budgets,
            Spent = _spent,
        };
}

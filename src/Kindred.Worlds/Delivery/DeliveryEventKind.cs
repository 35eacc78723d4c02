namespace Kindred.Worlds.Delivery;

/// <summary>What happens when ads are delivered.</summary>
public enum DeliveryEventKind
{
    /// <summary>An ad was shown, and paid for.</summary>
    Impression,

    /// <summary>The user clicked on it.</summary>
    Click,

    /// <summary>He stayed where the click led him.</summary>
    GoodClick,

    /// <summary>He does not want to see this advertiser again.</summary>
    Hide,

    /// <summary>He bought something.</summary>
    Purchase,
}

namespace Kindred.Worlds.Delivery;

/// <summary>The kinds of event of ad delivery.</summary>
public enum DeliveryEventKind
{
    /// <summary>An ad was shown and paid for.</summary>
    Impression,

    /// <summary>The user clicked on it.</summary>
    Click,

    /// <summary>The user stayed on the page behind the click.</summary>
    GoodClick,

    /// <summary>The user asked not to see this advertiser again.</summary>
    Hide,

    /// <summary>The user bought something.</summary>
    Purchase,
}

namespace Kindred.Insight;

/// <summary>What a feature says of a user.</summary>
public enum FeatureKind
{
    /// <summary>He has this item.</summary>
    Item,

    /// <summary>He has an item of this topic.</summary>
    Topic,

    /// <summary>An attribute of his has this value.</summary>
    Attribute,
}

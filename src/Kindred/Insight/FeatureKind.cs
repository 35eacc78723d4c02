namespace Kindred.Insight;

/// <summary>The kind of a feature.</summary>
public enum FeatureKind
{
    /// <summary>The user has this item.</summary>
    Item,

    /// <summary>The user has an item of this topic.</summary>
    Topic,

    /// <summary>An attribute of the user has this value.</summary>
    Attribute,
}

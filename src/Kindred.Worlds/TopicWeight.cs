namespace Kindred.Worlds;

/// <summary>The weight of a topic for an advertiser.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Weight">The weight per standard deviation of the topic's share over the users.</param>
public readonly record struct TopicWeight(int Topic, double Weight);

namespace Kindred.Worlds;

/// <summary>What a topic counts for an advertiser.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Weight">Per standard deviation of its share over the users.</param>
public readonly record struct TopicWeight(int Topic, double Weight);

namespace Kindred.Worlds;

/// <summary>An item of a synthetic world.</summary>
/// <param name="Id">Its id, such as <c>i00042</c>.</param>
/// <param name="MainTopic">The topic that it is mostly about.</param>
/// <param name="SecondTopic">Another topic that it is also about.</param>
/// <param name="Popularity">The weight among items of its topic: 1 for the most popular, falling as a power of the rank.</param>
public sealed record WorldItem(string Id, int MainTopic, int SecondTopic, double Popularity);

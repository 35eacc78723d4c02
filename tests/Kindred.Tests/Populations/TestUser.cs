namespace Kindred.Tests.Populations;

/// <summary>A user to build a population of.</summary>
public sealed record TestUser(string Id, float[] Embedding, string Country = "", bool Active = true, float Activity = 0)
{
    /// <summary>Item numbers, ascending; null in a population that does not know them.</summary>
    public int[]? Items { get; init; }
}

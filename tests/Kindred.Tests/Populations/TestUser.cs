namespace Kindred.Tests.Populations;

/// <summary>A user of a test population.</summary>
public sealed record TestUser(string Id, float[] Embedding, string Country = "", bool Active = true, float Activity = 0)
{
    /// <summary>Item numbers in ascending order. Null in a population without items.</summary>
    public int[]? Items { get; init; }
}

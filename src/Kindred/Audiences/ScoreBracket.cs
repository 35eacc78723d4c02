using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>Two scores that a threshold lies between, ends included, almost surely.</summary>
/// <param name="Low">Nobody below is a member.</param>
/// <param name="High">Everybody above is one.</param>
public readonly record struct ScoreBracket(float Low, float High)
{
    /// <summary>The bracket that holds every score.</summary>
    public static ScoreBracket Everything { get; } = new(float.NegativeInfinity, float.PositiveInfinity);
}

/// <summary>What one shard says about one size of one target: enough, with those of the other shards, for the exact threshold.</summary>
/// <param name="Above">Candidates above the bracket.</param>
/// <param name="Inside">Candidates within it, best first.</param>
public sealed record BracketCount(long Above, RankedRow[] Inside);

/// <summary>A user of a shard and his score.</summary>
/// <param name="Row">His row.</param>
/// <param name="Score">His score; never −0.</param>
public readonly record struct RankedRow(int Row, float Score);

/// <summary>Where an audience ends: its last member by (score descending, user id ascending).</summary>
/// <param name="Score">His score.</param>
/// <param name="Last">Who he is.</param>
public readonly record struct AudienceEnd(float Score, UserRow Last);

using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>Two scores that almost surely enclose a threshold, ends included.</summary>
/// <param name="Low">Users with lower scores are not members.</param>
/// <param name="High">Users with higher scores are members.</param>
public readonly record struct ScoreBracket(float Low, float High)
{
    /// <summary>The bracket that holds every score.</summary>
    public static ScoreBracket Everything { get; } = new(float.NegativeInfinity, float.PositiveInfinity);
}

/// <summary>The counts of one shard for one size of one target. Together with those of the other shards they give the exact
/// threshold.</summary>
/// <param name="Above">Candidates above the bracket.</param>
/// <param name="Inside">Candidates within the bracket, best first.</param>
public sealed record BracketCount(long Above, RankedRow[] Inside);

/// <summary>A user of a shard with a score.</summary>
/// <param name="Row">The user's row.</param>
/// <param name="Score">The user's score; never −0.</param>
public readonly record struct RankedRow(int Row, float Score);

/// <summary>The end of an audience: its last member by (score descending, user id ascending).</summary>
/// <param name="Score">The score of the last member.</param>
/// <param name="Last">The last member.</param>
public readonly record struct AudienceEnd(float Score, UserRow Last);

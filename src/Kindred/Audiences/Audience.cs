namespace Kindred.Audiences;

/// <summary>One size of an audience: everyone who ranks at or before the threshold.</summary>
/// <param name="Size">The requested size.</param>
/// <param name="Users">The number of users of that size: exactly as requested.</param>
/// <param name="Score">The score of the last admitted user.</param>
/// <param name="LastUserId">The last admitted user: among equal scores, users with ids up to this one are in.</param>
public sealed record AudienceThreshold(AudienceSize Size, int Users, float Score, string LastUserId);

/// <summary>The users most like a seed list.</summary>
/// <param name="SeedListId">The seed list.</param>
/// <param name="Members">The users of the largest size, best first; smaller sizes are their beginnings.</param>
/// <param name="Thresholds">The end of each size, by ascending size.</param>
/// <param name="Candidates">Active users of the target population who were neither seeds nor excluded.</param>
public sealed record Audience(
    string SeedListId, IReadOnlyList<RankedUser> Members, IReadOnlyList<AudienceThreshold> Thresholds, long Candidates);

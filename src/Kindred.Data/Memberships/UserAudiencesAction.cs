namespace Kindred.Data.Memberships;

/// <summary>Is told of one user after the other. What the spans hold is only there during the call.</summary>
/// <param name="userId">The UTF-8 bytes of his id.</param>
/// <param name="audiences">Numbers of his audiences, ascending; none for a user who is in no audience.</param>
public delegate void UserAudiencesAction(ReadOnlySpan<byte> userId, ReadOnlySpan<int> audiences);

namespace Kindred.Data.Memberships;

/// <summary>Receives one user after the other. The spans are valid only during the call.</summary>
/// <param name="userId">The id in UTF-8.</param>
/// <param name="audiences">The numbers of the user's audiences, ascending; empty for a user in no audience.</param>
public delegate void UserAudiencesAction(ReadOnlySpan<byte> userId, ReadOnlySpan<int> audiences);

namespace Kindred.Audiences;

/// <summary>Finds the audiences that must not contain a user at any score: those of lists with this user as a seed, and those that exclude
/// the user.</summary>
/// <remarks>Safe for concurrent use. A look-up allocates nothing.</remarks>
public interface IExcludedUsers
{
    /// <summary>Finds the audiences that a user is excluded from.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="audiences">[published audiences] receives their numbers, ascending.</param>
    /// <returns>The number of audiences; 0 for an unknown user.</returns>
    int Find(ReadOnlySpan<byte> userId, Span<int> audiences);
}

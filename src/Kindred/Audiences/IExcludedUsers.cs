namespace Kindred.Audiences;

/// <summary>Finds the audiences that must not contain a user, whatever the score: those of lists with this user as a seed, or that exclude
/// the user.</summary>
/// <remarks>May be asked by many threads at once. Asking allocates nothing.</remarks>
public interface IExcludedUsers
{
    /// <summary>Finds the audiences that a user is excluded from.</summary>
    /// <param name="userId">His id.</param>
    /// <param name="audiences">[published audiences] where to write their numbers, ascending.</param>
    /// <returns>The number of audiences; 0 for an unknown user.</returns>
    int Find(ReadOnlySpan<byte> userId, Span<int> audiences);
}

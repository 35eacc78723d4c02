namespace Kindred.Audiences;

/// <summary>Knows which audiences a user must not be in, whatever his score: those of lists that he is a seed of, or that he was taken out of.</summary>
/// <remarks>May be asked by many threads at once. Asking allocates nothing.</remarks>
public interface IExcludedUsers
{
    /// <summary>Finds the audiences that a user is excluded from.</summary>
    /// <param name="userId">His id.</param>
    /// <param name="audiences">[published audiences] where to write their numbers, ascending.</param>
    /// <returns>How many there are; 0 for a user of whom nothing is known.</returns>
    int Find(ReadOnlySpan<byte> userId, Span<int> audiences);
}

namespace Kindred.Worlds.Delivery;

/// <summary>Knows which audiences a user is in, by each of several systems that make audiences.</summary>
public interface IAudienceMembership
{
    /// <summary>Systems, numbered from 0; at most 8.</summary>
    int Systems { get; }

    /// <summary>Finds the audiences of a user. May be called from many threads at once.</summary>
    /// <param name="system">The system that is asked.</param>
    /// <param name="user">An active user.</param>
    /// <param name="advertisers">[advertisers] where to write <see cref="WorldAdvertiser.Index"/> of those whose audience he is in, each once.</param>
    /// <returns>How many there are.</returns>
    int Find(int system, WorldUser user, Span<int> advertisers);
}

namespace Kindred.Worlds.Delivery;

/// <summary>Looks up the audiences of a user, by each of several systems that make audiences.</summary>
public interface IAudienceMembership
{
    /// <summary>Systems, numbered from 0; at most 8.</summary>
    int Systems { get; }

    /// <summary>Finds the audiences of a user. Can be called from many threads at once.</summary>
    /// <param name="system">The system.</param>
    /// <param name="user">An active user.</param>
    /// <param name="advertisers">[advertisers] receives the <see cref="WorldAdvertiser.Index"/> of each audience that the user is in,
    /// once.</param>
    /// <returns>The number of audiences.</returns>
    int Find(int system, WorldUser user, Span<int> advertisers);
}

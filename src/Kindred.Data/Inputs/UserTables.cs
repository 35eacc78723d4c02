using Kindred.Populations;

namespace Kindred.Data.Inputs;

/// <summary>Decides which users a population has, and which of them are active.</summary>
public static class UserTables
{
    /// <summary>The default number of days before the newest interaction in which an interaction makes a user active.</summary>
    public const int DefaultActiveDays = 30;

    /// <summary>Makes the final table of users: those of the users' files, or else of the interactions.</summary>
    /// <remarks>Active users are those that the users' files mark; else, if interactions have timestamps, those with one within
    /// <paramref name="activeDays"/> days before the newest; else everyone.</remarks>
    /// <param name="users">The users' files, or null.</param>
    /// <param name="interactions">Read with the table of <paramref name="users"/> if there is one; or null.</param>
    /// <param name="activeDays">Days, at least 1.</param>
    /// <param name="newest">The newest interaction, in Unix milliseconds, if these are not all interactions; null if they are.</param>
    /// <exception cref="ArgumentException">There are neither users nor interactions, or they do not belong together.</exception>
    public static UserTable Build(UserInput? users, InteractionInput? interactions, int activeDays = DefaultActiveDays, long? newest = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(activeDays, 1);
        var table = users?.Users ?? FromInteractions(interactions ?? throw new ArgumentException("Give users, interactions or both."));
        if (users is { SaysWhoIsActive: true } || interactions?.LatestTimestamps is not { } latest) return table;
        if (latest.Count != table.Ids.Count)
        {
            throw new ArgumentException("The interactions were not read with this table of users.", nameof(interactions));
        }

        return table with { Active = ActiveSince(latest, Math.Max(latest.Max(), newest ?? long.MinValue), activeDays) };
    }

    private static UserTable FromInteractions(InteractionInput interactions)
    {
        var ids = interactions.Matrix.Users;
        var active = new byte[ids.Count];
        Array.Fill(active, (byte)1);
        return new UserTable(ids, [""], new int[ids.Count], active, new Dictionary<string, string?[]>());
    }

    private static byte[] ActiveSince(IReadOnlyList<long> latest, long newest, int days)
    {
        var since = newest - days * 86_400_000L;
        return [.. latest.Select(time => time >= since && time != long.MinValue ? (byte)1 : (byte)0)];
    }
}

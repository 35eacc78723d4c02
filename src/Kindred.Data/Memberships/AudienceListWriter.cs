namespace Kindred.Data.Memberships;

/// <summary>Turns the users of audiences into the audiences of users: first counts bytes, then fills them.</summary>
/// <remarks>Needs 16 bytes per user besides the lists themselves.</remarks>
/// <param name="users">The number of users.</param>
/// <param name="audiences">The number of audiences.</param>
internal sealed class AudienceListWriter(int users, int audiences)
{
    // The successor of the last audience of each user.
    private readonly int[] _next = new int[users];
    private readonly int[] _at = new int[users];

    /// <summary>[users + 1] the start of each user's list.</summary>
    public long[] Starts { get; } = new long[users + 1];

    /// <summary>Counts the bytes of all lists.</summary>
    public void Count(IEnumerable<AudienceUsers> lists, CancellationToken cancellation)
    {
        ForEach(lists, (user, distance) => Starts[user + 1] += AudienceList.LengthOf(distance), cancellation);
        for (var i = 0; i < users; i++) Starts[i + 1] += Starts[i];
        if (Starts[^1] > Array.MaxLength)
        {
            throw new KindredException(ErrorKind.BadInput, "too_many_memberships",
                $"The memberships of {users:N0} users take {Starts[^1]:N0} bytes, but one folder holds at most {Array.MaxLength:N0}.",
                "Split the users into more shards.")
            {
                Values = new Dictionary<string, object?> { ["users"] = users, ["bytes"] = Starts[^1], ["maximum"] = Array.MaxLength },
            };
        }
    }

    /// <summary>Fills the lists.</summary>
    /// <param name="lists">The same ones again.</param>
    /// <param name="cancellation">Stops between audiences.</param>
    public byte[] Fill(IEnumerable<AudienceUsers> lists, CancellationToken cancellation)
    {
        var bytes = new byte[Starts[^1]];
        for (var i = 0; i < users; i++) _at[i] = (int)Starts[i];
        ForEach(lists, (user, distance) =>
        {
            if (_at[user] + AudienceList.LengthOf(distance) > Starts[user + 1]) throw Changed();
            _at[user] = AudienceList.Write(bytes, _at[user], distance);
        }, cancellation);
        for (var i = 0; i < users; i++)
        {
            if (_at[i] != Starts[i + 1]) throw Changed();
        }

        return bytes;
    }

    private void ForEach(IEnumerable<AudienceUsers> lists, Action<int, int> act, CancellationToken cancellation)
    {
        Array.Clear(_next);
        var free = 0;
        foreach (var (audience, members) in lists)
        {
            cancellation.ThrowIfCancellationRequested();
            if (audience < free || audience >= audiences)
            {
                throw new ArgumentException($"Audience {audience} does not follow {free - 1}, or is none of {audiences}.", nameof(lists));
            }

            free = audience + 1;
            var last = -1;
            foreach (var user in members.Span)
            {
                if (user <= last || user >= users)
                {
                    throw new ArgumentException($"Audience {audience}: user {user} does not follow {last}, or is none of {users}.",
                        nameof(lists));
                }

                last = user;
                act(user, audience - _next[user]);
                _next[user] = free;
            }
        }
    }

    private static InvalidOperationException Changed() => new("The second pass gave other lists of users than the first.");
}

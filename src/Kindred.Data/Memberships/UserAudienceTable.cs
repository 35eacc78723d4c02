using System.Text.Json.Nodes;
using Kindred.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Populations;

namespace Kindred.Data.Memberships;

/// <summary>A folder with the audiences of each user: those that the user is in, or those that the user is excluded from.</summary>
/// <remarks>
/// Memory-mapped NumPy files: the ids, a hash table over them, and every user's audience numbers, encoded by their distances. A
/// look-up reads a few cache lines, allocates nothing, and many threads may look up at once. The same users and lists give the same
/// bytes. Files are compared with their checksums, as a whole on opening or block by block when a look-up first reads the block, so that
/// damage is an error that names the file and never another answer. Damaged files never cause a read outside of them.
/// </remarks>
public sealed class UserAudienceTable : IExcludedUsers, IDisposable
{
    private readonly string _folder;
    private readonly MembershipArrays _arrays;

    private UserAudienceTable(string folder, FolderManifest manifest, bool verified)
    {
        _folder = folder;
        Version = manifest.Version;
        Audiences = Number(manifest, MembershipFiles.AudiencesKey, int.MaxValue);
        LongestList = Number(manifest, MembershipFiles.LongestKey, Audiences);
        _arrays = new MembershipArrays(folder, Number(manifest, MembershipFiles.UsersKey, UserSlots.MostIds), verified);
    }

    /// <summary>The number of users.</summary>
    public int Users => _arrays.Users;

    /// <summary>The number of audiences; audience numbers are below it.</summary>
    public int Audiences { get; }

    /// <summary>Maximum audiences of a user.</summary>
    public int LongestList { get; }

    /// <summary>A hash of the contents.</summary>
    public string Version { get; }

    /// <summary>Writes a table into a folder, which should be one of <see cref="OutputFolder"/>.</summary>
    /// <param name="folder">An empty or new folder.</param>
    /// <param name="users">Distinct ids, in any order.</param>
    /// <param name="audiences">The number of audiences.</param>
    /// <param name="lists">Gives the users of each audience as indexes into <paramref name="users"/>: ascending audiences, each at most
    /// once, with ascending users. Called twice, so that no list needs to be kept.</param>
    /// <param name="cancellation">Stops between audiences.</param>
    /// <exception cref="KindredException">The disk is full or fails, or there is too much for one folder.</exception>
    /// <exception cref="ArgumentException">A user is there twice, or audiences or users do not ascend.</exception>
    public static void Write(
        string folder, IdList users, int audiences, Func<IEnumerable<AudienceUsers>> lists, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(audiences);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(users.Count, UserSlots.MostIds, nameof(users));
        var writer = new AudienceListWriter(users.Count, audiences);
        writer.Count(lists(), cancellation);
        MembershipFiles.Write(folder, users, audiences, writer.Starts, writer.Fill(lists(), cancellation));
    }

    /// <summary>Writes a copy without deleted users, byte for byte as if they had never been there.</summary>
    /// <param name="from">The folder of a table.</param>
    /// <param name="to">An empty or new folder.</param>
    /// <param name="forgotten">The users to leave out.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">The table is damaged, or the disk is full or fails.</exception>
    public static void Without(string from, string to, Tombstones forgotten, CancellationToken cancellation = default)
    {
        using var table = Open(from, verify: true);
        var arrays = table._arrays;
        int[] kept = [.. Enumerable.Range(0, table.Users).Where(user => !forgotten.Contains(arrays.IdOf(user)))];
        var starts = new long[kept.Length + 1];
        for (var i = 0; i < kept.Length; i++) starts[i + 1] = starts[i] + arrays.ListOf(kept[i]).Length;
        cancellation.ThrowIfCancellationRequested();
        var lists = new byte[starts[^1]];
        for (var i = 0; i < kept.Length; i++) arrays.ListOf(kept[i]).CopyTo(lists.AsSpan((int)starts[i]));
        MembershipFiles.Write(to, arrays.Ids.Select(kept), table.Audiences, starts, lists);
    }

    /// <summary>Opens a table: maps its files, and reads only the manifest and the checksums of blocks unless it verifies.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="verify">True to compare the checksums of all files now, which reads them all; false to compare each block of 64 KiB
    /// when it is first read. A table of an earlier version of the program has no checksums of blocks, so it is verified now.</param>
    /// <exception cref="KindredException">A file is missing, damaged, of another format or of a newer version; the message names
    /// it.</exception>
    public static UserAudienceTable Open(string folder, bool verify = true)
    {
        var manifest = FolderManifest.Read(folder, MembershipFormat.Name, MembershipFormat.Version, MembershipFormat.Remedy);
        var byBlock = !verify && manifest.Files.Any(file => file.Path == MembershipFormat.Checksums);
        manifest.Verify(folder, MembershipFormat.Remedy, checksums: !byBlock);
        if (byBlock) manifest.Only(MembershipFormat.Checksums).Verify(folder, MembershipFormat.Remedy);
        return new UserAudienceTable(folder, manifest, verified: !byBlock);
    }

    /// <summary>Finds the audiences of a user.</summary>
    /// <param name="userId">The id in UTF-8.</param>
    /// <param name="audiences">[<see cref="LongestList"/>, or more] receives their numbers, ascending.</param>
    /// <returns>The number of audiences; 0 for a user who is not in the table.</returns>
    /// <exception cref="KindredException">The files are damaged.</exception>
    public int Find(ReadOnlySpan<byte> userId, Span<int> audiences) => Math.Max(0, Find(UserHash.Of(userId), userId, [], audiences));

    /// <summary>Visits all users in the order of writing.</summary>
    /// <exception cref="KindredException">The files are damaged.</exception>
    public void ForEach(UserAudiencesAction act) => ForEach([], LongestList, null, act);

    /// <summary>Reads all files once, so that the first look-ups do not wait for the disk.</summary>
    public void WarmUp() => _arrays.Touch();

    /// <inheritdoc/>
    public void Dispose() => _arrays.Dispose();

    /// <summary>Finds the audiences of a user; −1 for a user who is not in the table.</summary>
    /// <param name="hash">The hash of the id.</param>
    /// <param name="userId">The id.</param>
    /// <param name="ends">See <see cref="AudienceList.Read"/>.</param>
    /// <param name="audiences">Receives their numbers.</param>
    internal int Find(ulong hash, ReadOnlySpan<byte> userId, ReadOnlySpan<int> ends, Span<int> audiences) =>
        _arrays.IndexOf(hash, userId) is >= 0 and var user ? Read(user, ends, audiences) : -1;

    /// <summary>Visits all users except forgotten ones; they have at most <paramref name="most"/> audiences.</summary>
    internal void ForEach(ReadOnlySpan<int> ends, int most, Tombstones? forgotten, UserAudiencesAction act)
    {
        var audiences = new int[most];
        for (var user = 0; user < Users; user++)
        {
            var id = _arrays.IdOf(user);
            if (forgotten?.Contains(id) == true) continue;
            act(id, audiences.AsSpan(0, Read(user, ends, audiences)));
        }
    }

    /// <summary>The hash of a user's id.</summary>
    internal ulong HashOf(int user) => UserHash.Of(_arrays.IdOf(user));

    private int Read(int user, ReadOnlySpan<int> ends, Span<int> audiences)
    {
        var count = AudienceList.Read(_arrays.ListOf(user), Audiences, ends, audiences);
        return count >= 0 ? count : throw (count == AudienceList.TooLong
            ? new ArgumentException($"There is room for {audiences.Length} audiences, but a user has more.", nameof(audiences))
            : MembershipFormat.Damaged(Path.Combine(_folder, MembershipFormat.Lists),
                $"the list of user {user} (counted from 0) does not hold ascending audiences below {Audiences}"));
    }

    private int Number(FolderManifest manifest, string key, int most) =>
        manifest.Content[key] is JsonValue value && value.TryGetValue<int>(out var number) && number >= 0 && number <= most
            ? number
            : throw MembershipFormat.Damaged(Path.Combine(_folder, FolderManifest.FileName),
                $"'{key}' is missing, or is not a number from 0 to {most}");
}

using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Numpy;
using Kindred.Populations;

namespace Kindred.Data.Memberships;

/// <summary>Writes the files of a folder of memberships.</summary>
internal static class MembershipFiles
{
    public const string UsersKey = "users";
    public const string AudiencesKey = "audiences";
    public const string EntriesKey = "entries";
    public const string LongestKey = "longestList";

    /// <param name="folder">An empty or new folder.</param>
    /// <param name="users">The users.</param>
    /// <param name="audiences">The number of audiences.</param>
    /// <param name="starts">[users + 1] the start of each user's list.</param>
    /// <param name="lists">The bytes of all lists.</param>
    public static void Write(string folder, IdList users, int audiences, long[] starts, byte[] lists)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new KindredException(ErrorKind.Output, "output_not_empty",
                $"{folder} is not empty, so memberships are not written into it.", "Choose another folder, or empty it.")
            {
                Values = new Dictionary<string, object?> { ["path"] = folder },
            };
        }

        var slots = UserSlots.Build(users);
        OutputErrors.Guard(folder, () => Directory.CreateDirectory(folder));
        NpyFile.Write(Path.Combine(folder, MembershipFormat.UserIds), users.Utf8.Span);
        NpyFile.Write(Path.Combine(folder, MembershipFormat.UserIdOffsets), users.Offsets.Span);
        NpyFile.Write<long>(Path.Combine(folder, MembershipFormat.Slots), slots);
        NpyFile.Write<long>(Path.Combine(folder, MembershipFormat.ListStarts), starts);
        NpyFile.Write<byte>(Path.Combine(folder, MembershipFormat.Lists), lists);
        var sums = new List<long>();
        BlockSums.Add(sums, users.Utf8.Span);
        BlockSums.Add(sums, users.Offsets.Span);
        BlockSums.Add<long>(sums, slots);
        BlockSums.Add<long>(sums, starts);
        BlockSums.Add<byte>(sums, lists);
        NpyFile.Write<long>(Path.Combine(folder, MembershipFormat.Checksums), sums.ToArray());
        var (entries, longest) = (0L, 0);
        for (var i = 0; i < users.Count; i++)
        {
            var count = AudienceList.Count(lists.AsSpan((int)starts[i], (int)(starts[i + 1] - starts[i])));
            entries += count;
            longest = Math.Max(longest, count);
        }

        FolderManifest.Describe(folder, MembershipFormat.Name, MembershipFormat.Version, new JsonObject
        {
            [UsersKey] = users.Count,
            [AudiencesKey] = audiences,
            [EntriesKey] = entries,
            [LongestKey] = longest,
        }).Write(folder);
    }
}

using Kindred.Data.Folders;

namespace Kindred.Data.Memberships;

/// <summary>Names in a folder of memberships.</summary>
internal static class MembershipFormat
{
    public const string Name = "kindred-memberships";
    public const int Version = 1;
    public const string Remedy = "Delete the folder and run the daily run again: it makes what the current version lacks; " +
        "delete an older version that lacks it, because it cannot be published again";

    public const string UserIds = "user_ids.npy";
    public const string UserIdOffsets = "user_id_offsets.npy";
    public const string Slots = "slots.npy";
    public const string ListStarts = "list_starts.npy";
    public const string Lists = "lists.npy";

    /// <summary>The checksums of the blocks of the other files, in the order above. Tables of earlier versions of the program lack
    /// them.</summary>
    public const string Checksums = "checksums.npy";

    public static KindredException Damaged(string path, string how) =>
        FolderErrors.Damaged(Name, path, $"{path} is damaged: {how}", Remedy);
}

using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Numpy;
using Kindred.Pipeline.Store;
using Kindred.Populations;

namespace Kindred.Pipeline.Planning;

/// <summary>Distinct user ids in ordinal order as an output of planning: users to exclude.</summary>
internal static class UserIdObject
{
    public const string Format = "kindred-user-ids";

    private const int FormatVersion = 1;
    private const string Remedy = "Delete the folder and run again: it is made from the files of users to exclude";

    /// <param name="folder">An empty folder.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="given">The number of given users; it exceeds the number of ids if some hashes match no user.</param>
    public static void Write(string folder, IdList ids, int given)
    {
        NpyFile.Write(Path.Combine(folder, "user_ids.npy"), ids.Utf8.Span[..(int)ids.Offsets.Span[^1]]);
        NpyFile.Write(Path.Combine(folder, "user_id_offsets.npy"), ids.Offsets.Span);
        FolderManifest.Describe(folder, Format, FormatVersion, new JsonObject { ["users"] = ids.Count, ["given"] = given }).Write(folder);
    }

    /// <returns>The ids and the number of given users.</returns>
    public static (IdList Ids, int Given) Read(string folder)
    {
        var manifest = FolderManifest.Read(folder, Format, FormatVersion, Remedy);
        manifest.Verify(folder, Remedy);
        using var utf8 = NpyFile.Map<byte>(Path.Combine(folder, "user_ids.npy"));
        using var offsets = NpyFile.Map<long>(Path.Combine(folder, "user_id_offsets.npy"));
        return offsets.Memory.Length > 0 && offsets.Memory.Span[^1] == utf8.Memory.Length
            ? (new IdList(utf8.Memory.ToArray(), offsets.Memory.ToArray()),
                manifest.Content["given"]?.GetValue<int>() ?? offsets.Memory.Length - 1)
            : throw new KindredException(ErrorKind.Corrupt, StageFormats.DamagedCode, $"{folder}: its files are inconsistent.",
                $"{Remedy}.");
    }
}

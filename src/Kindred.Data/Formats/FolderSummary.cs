using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>What a folder is, from its manifest: nothing is compared with checksums.</summary>
/// <param name="Folder">The folder, as it was named.</param>
/// <param name="What">What it is, for people.</param>
/// <param name="Format">The format that its manifest names.</param>
/// <param name="FormatVersion">The version of that format.</param>
/// <param name="Version">A hash of the contents.</param>
/// <param name="Facts">Facts by name, in the order in which they are shown.</param>
/// <param name="Files">How many files the manifest lists.</param>
/// <param name="Bytes">Their sizes, those of the same name together, largest first.</param>
/// <param name="Inner">Folders of ours that were kept inside later.</param>
public sealed record FolderSummary(
    string Folder, string What, string Format, int FormatVersion, string Version, JsonObject Facts, int Files,
    IReadOnlyList<KeyValuePair<string, long>> Bytes, IReadOnlyList<FolderSummary> Inner)
{
    /// <summary>Reads a folder's manifest.</summary>
    /// <exception cref="KindredException">There is no such folder, it is none of ours, or its manifest is damaged or of a newer version.</exception>
    public static FolderSummary Of(string folder)
    {
        FolderPath.Require(folder);
        var name = FolderManifest.FormatOf(folder);
        if (FolderFormats.Find(name) is not { } format)
        {
            throw new KindredException(ErrorKind.Corrupt, FolderManifest.IsOurs(folder)
                ? $"{folder}: the format '{name}' is not known to this version of Kindred. {FolderManifest.NewerRemedy}."
                : $"{folder} is no folder that Kindred wrote, or an incomplete one: it has no manifest.json that names a format 'kindred-…'. Check the path.");
        }

        var manifest = FolderManifest.Read(folder, format.Name, format.NewestVersion, format.Remedy);
        return new FolderSummary(
            folder, format.What, format.Name, manifest.FormatVersion, manifest.Version, ManifestContent.Read(folder, format.Remedy, () => format.Facts(folder, manifest)), manifest.Files.Count,
            [.. manifest.Files.GroupBy(file => file.Path.Split('/')[^1], StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum(file => file.Bytes)))
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
            [.. FolderPath.Inner(folder, manifest).Select(Of)]);
    }
}

using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>A description of a folder from its manifest, without comparing checksums.</summary>
/// <param name="Folder">The folder, as it was named.</param>
/// <param name="What">The name of its format for people.</param>
/// <param name="Format">The format that its manifest names.</param>
/// <param name="FormatVersion">The version of that format.</param>
/// <param name="Version">A hash of the contents.</param>
/// <param name="Facts">Facts by name, in the order in which they are shown.</param>
/// <param name="Files">The number of files that the manifest lists.</param>
/// <param name="Bytes">Their sizes, summed by file name, largest first.</param>
/// <param name="Inner">Inner folders that Kindred wrote.</param>
public sealed record FolderSummary(
    string Folder, string What, string Format, int FormatVersion, string Version, JsonObject Facts, int Files,
    IReadOnlyList<KeyValuePair<string, long>> Bytes, IReadOnlyList<FolderSummary> Inner)
{
    /// <summary>Reads a folder's manifest.</summary>
    /// <exception cref="KindredException">There is no such folder, Kindred did not write it, or its manifest is damaged or of a newer
    /// version.</exception>
    public static FolderSummary Of(string folder)
    {
        FolderPath.Require(folder);
        var name = FolderManifest.FormatOf(folder);
        if (FolderFormats.Find(name) is not { } format)
        {
            var values = new Dictionary<string, object?> { ["folder"] = folder, ["format"] = name };
            if (FolderManifest.IsWrittenByKindred(folder))
            {
                throw new KindredException(ErrorKind.Corrupt, "unknown_format",
                    $"{folder}: the format '{name}' is not known to this version of Kindred.", $"{FolderManifest.NewerRemedy}.")
                {
                    Values = values,
                };
            }

            throw new KindredException(ErrorKind.Corrupt, "not_a_kindred_folder",
                $"{folder} is not a folder that Kindred wrote, or it is incomplete: no manifest.json names a format 'kindred-…'.",
                "Check the path.")
            {
                Values = values,
            };
        }

        var manifest = FolderManifest.Read(folder, format.Name, format.NewestVersion, format.Remedy);
        return new FolderSummary(
            folder, format.What, format.Name, manifest.FormatVersion, manifest.Version,
            ManifestContent.Read(folder, format.Name, format.Remedy, () => format.Facts(folder, manifest)), manifest.Files.Count,
            [.. manifest.Files.GroupBy(file => file.Path.Split('/')[^1], StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum(file => file.Bytes)))
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
            [.. FolderPath.Inner(folder, manifest).Select(Of)]);
    }
}

using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>Checks the finished parts of a run, which are written after the manifest, each with its own checksum.</summary>
internal static class PartsCheck
{
    public static void Run(string folder, FolderManifest manifest, ProblemList problems)
    {
        foreach (var file in Files(folder))
        {
            problems.Require(PartsFolder.Whole(File.ReadAllBytes(file)) is not null,
                $"{file} is damaged: its contents do not match its checksum");
        }
    }

    public static JsonObject Facts(string folder, FolderManifest manifest) => new() { ["parts"] = Files(folder).Count() };

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Where(file =>
            Path.GetFileName(file) != FolderManifest.FileName).Order(StringComparer.Ordinal);
}

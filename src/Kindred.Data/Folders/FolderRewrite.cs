using System.Text.Json.Nodes;

namespace Kindred.Data.Folders;

/// <summary>Writes a folder again with some of its files changed; the others are linked or copied and keep their checksums.</summary>
internal static class FolderRewrite
{
    /// <summary>Writes the folder.</summary>
    /// <param name="folder">The folder as it is.</param>
    /// <param name="outFolder">Where to write.</param>
    /// <param name="before">Its manifest.</param>
    /// <param name="changed">The files that <paramref name="write"/> rewrites; they are verified first, which is impossible
    /// afterwards.</param>
    /// <param name="remedy">How the folder is made again, as a sentence without a full stop.</param>
    /// <param name="write">Writes those files, and returns the format's own values.</param>
    /// <exception cref="KindredException">A file to be changed is damaged, or the disk is full or fails.</exception>
    public static FolderManifest Write(
        string folder, string outFolder, FolderManifest before, IReadOnlySet<string> changed, string remedy, Func<JsonObject> write)
    {
        FileChecksum.Verify(folder, before.Format, [.. before.Files.Where(file => changed.Contains(file.Path))], remedy, checksums: true);
        return OutputErrors.Guard(outFolder, () =>
        {
            LinkAllBut(folder, outFolder, changed);
            var content = write();
            var files = before.Files.ToArray();
            Parallel.For(0, files.Length, i =>
            {
                if (changed.Contains(files[i].Path)) files[i] = FileChecksum.Describe(outFolder, files[i].Path);
            });
            var manifest = new FolderManifest
            {
                Format = before.Format,
                FormatVersion = before.FormatVersion,
                Content = content,
                Files = files
            };
            manifest.Write(outFolder);
            return manifest;
        });
    }

    // Files to be rewritten are not linked: writing into a link would change the old folder too.
    private static void LinkAllBut(string folder, string outFolder, IReadOnlySet<string> changed)
    {
        Directory.CreateDirectory(outFolder);
        foreach (var path in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(outFolder, Path.GetRelativePath(folder, path)));
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (path != FolderManifest.FileName && !changed.Contains(path)) FileLink.Create(file, Path.Combine(outFolder, path));
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Forgotten;

namespace Kindred.Data.Forgetting;

/// <summary>Removes forgotten users from a folder of audiences: from its files, and from the sizes in its manifest.</summary>
/// <remarks>A size shrinks by the forgotten users in it, and its last user and score become those of the last user that remains. An empty
/// size has the threshold <c>Infinity</c>, which no score reaches, and an empty last user. The numbers of seeds, candidates and excluded
/// users stay: they describe what the selection saw.</remarks>
internal static class AudienceFolderWithout
{
    /// <summary>The format that the manifest names.</summary>
    public const string Format = "kindred-audiences";

    private const int FormatVersion = 1;
    private const string Remedy = "Select the audiences again";

    /// <summary>Rewrites a folder in place.</summary>
    /// <returns>The number of removed rows, a user of two audiences counted twice; with none the folder is left as it is.</returns>
    /// <exception cref="KindredException">The folder is damaged, or cannot be written; it stays as it was.</exception>
    public static long Replace(string folder, Tombstones tombstones, CancellationToken cancellation = default)
    {
        var before = FolderManifest.Read(folder, Format, FormatVersion, Remedy);
        before.Verify(folder, Remedy, checksums: false);
        return ManifestContent.Read(folder, Format, Remedy, () => Replace(folder, tombstones, before, cancellation));
    }

    private static long Replace(string folder, Tombstones tombstones, FolderManifest before, CancellationToken cancellation)
    {
        var content = (JsonObject)before.Content.DeepClone();
        var audiences = content["audiences"]!.AsArray().Select(audience => audience!.AsObject()).ToArray();
        var files = Array.ConvertAll(audiences, audience => audience["file"]!.GetValue<string>());
        if (files.FirstOrDefault(file => !before.Files.Any(listed => listed.Path == file)) is { } strange)
        {
            // Also a path that leads out of the folder.
            throw FolderErrors.Damaged(Format, Path.Combine(folder, FolderManifest.FileName),
                $"{Path.Combine(folder, FolderManifest.FileName)} is damaged: it names an audience's file '{strange}' that is not one of its files",
                Remedy);
        }

        var gone = new IReadOnlyList<long>[audiences.Length];
        ForEach(
            audiences.Length, i => gone[i] = AudienceFileWithout.Find(Path.Combine(folder, files[i]), tombstones, cancellation), folder,
                cancellation);
        var removed = gone.Sum(places => (long)places.Count);
        if (removed == 0) return 0;

        var affected = Enumerable.Range(0, audiences.Length).Where(i => gone[i].Count > 0).ToArray();
        var sizes = audiences.Select((audience, i) => SizesWithout(audience, gone[i])).ToArray();
        var changed = affected.Select(i => files[i]).ToHashSet(StringComparer.Ordinal);
        InPlace.ReplaceFolder(folder, before, path => FolderRewrite.Write(folder, path, before, changed, Remedy, () =>
        {
            var last = new IReadOnlyDictionary<long, (string UserId, float Score)>[affected.Length];
            ForEach(affected.Length, n =>
            {
                var file = files[affected[n]];
                var (from, to) = (Path.Combine(folder, file), Path.Combine(path, file));
                last[n] = AudienceFileWithout.Write(from, to, tombstones, sizes[affected[n]].ToHashSet(), cancellation);
            }, folder, cancellation);
            var safe = content["spreadsheetSafe"]?.GetValue<bool>() ?? false;
            for (var n = 0; n < affected.Length; n++) Update(audiences[affected[n]], sizes[affected[n]], last[n], safe);
            return content;
        }));
        return removed;
    }

    private static long[] SizesWithout(JsonObject audience, IReadOnlyList<long> gone) =>
    [
        .. audience["sizes"]!.AsArray()
            .Select(size => size!["users"]!.GetValue<long>())
            .Select(users => users - gone.Count(place => place <= users)),
    ];

    private static void Update(JsonObject audience, long[] sizes, IReadOnlyDictionary<long, (string UserId, float Score)> last,
        bool spreadsheetSafe)
    {
        for (var i = 0; i < sizes.Length; i++)
        {
            var (id, score) = sizes[i] == 0 ? ("", float.PositiveInfinity) : last[sizes[i]];
            var size = audience["sizes"]![i]!;
            size["users"] = sizes[i];
            // As text: every reader of JSON gives back the same bits.
            size["thresholdScore"] = score.ToString("R", CultureInfo.InvariantCulture);
            // The manifest has ids as they are.
            size["lastUserId"] = spreadsheetSafe ? Encoding.UTF8.GetString(SpreadsheetText.Original(Encoding.UTF8.GetBytes(id))) : id;
        }
    }

    private static void ForEach(int count, Action<int> work, string folder, CancellationToken cancellation) =>
        OutputErrors.Guard(folder, () => Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, work));
}

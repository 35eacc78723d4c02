using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Data.Formats;
using Kindred.Data.Tables;

namespace Kindred.Data.Forgetting;

/// <summary>Removes forgotten users from a folder of any kind that Kindred writes, or fails and says where they are.</summary>
internal static class FolderWithout
{
    /// <summary>Throws unless a path is a folder that users can be removed from.</summary>
    /// <exception cref="KindredException">It is no folder that Kindred wrote, or one inside a store.</exception>
    public static void Require(string folder)
    {
        var format = FolderManifest.FormatOf(folder);
        if (FolderFormats.Find(format) is not null) return;
        throw new KindredException(ErrorKind.BadInput, "folder_not_deletable_from",
            $"{folder} is {(format is null ? "not a folder that Kindred wrote" : $"of format '{format}'")}, so users cannot be deleted from " +
                "it. Nothing was deleted anywhere.",
            "Give the right folder and delete the users again.")
        {
            Values = new Dictionary<string, object?> { ["folder"] = folder },
        };
    }

    /// <summary>Rewrites a folder without forgotten users, in one step.</summary>
    /// <returns>What was removed.</returns>
    /// <exception cref="KindredException">The folder is damaged or cannot be written, or a file in it holds a user and cannot be
    /// rewritten.</exception>
    public static RemovedUsers Replace(string folder, Tombstones tombstones, CancellationToken cancellation = default)
    {
        var removed = FolderManifest.FormatOf(folder) switch
        {
            "kindred-population" => new RemovedUsers(PopulationWithout.Replace(folder, tombstones, cancellation), []),
            "kindred-models" => ModelFolderWithout.Replace(folder, tombstones),
            AudienceFolderWithout.Format => new RemovedUsers(AudienceFolderWithout.Replace(folder, tombstones, cancellation), []),
            _ => ReplaceTables(folder, tombstones, cancellation),
        };
        return ForgottenSearch.Run(folder, tombstones, cancellation) is [var first, ..]
            ? throw StillThere(folder, first)
            : removed;
    }

    /// <summary>The error of a folder that still holds a user.</summary>
    public static KindredException StillThere(string folder, string file) => new(ErrorKind.Output, "users_still_there",
        $"{file} holds a user who is to be deleted, or cannot be read, and cannot be rewritten.",
        $"Delete {folder}, or make it again without the users; then delete the users again.")
    {
        Values = new Dictionary<string, object?> { ["folder"] = folder, ["file"] = file },
    };

    // Worlds, inspections and the like: tables of text, and folders inside.
    private static RemovedUsers ReplaceTables(string folder, Tombstones tombstones, CancellationToken cancellation)
    {
        var found = ForgottenSearch.Run(folder, tombstones, cancellation);
        if (found.Count == 0) return RemovedUsers.None;
        var format = FolderFormats.Find(FolderManifest.FormatOf(folder))!;
        var before = FolderManifest.Read(folder, format.Name, format.NewestVersion, format.Remedy);
        before.Verify(folder, format.Remedy);
        var (users, models) = (0L, new List<string>());
        InPlace.ReplaceFolder(folder, before, path =>
        {
            LinkAll(folder, path);
            foreach (var inner in FolderPath.Inner(path, before))
            {
                var removed = Replace(inner, tombstones, cancellation);
                users += removed.Users;
                models.AddRange(removed.Models);
            }

            foreach (var file in found.Select(file => Path.GetRelativePath(folder, file)))
            {
                var copy = Path.Combine(path, file);
                if (ForgottenSearch.Run(copy, tombstones, cancellation).Count > 0) users += WithoutRows(copy, tombstones, cancellation);
            }

            if (ForgottenSearch.Run(path, tombstones, cancellation) is [var first, ..])
            {
                throw StillThere(folder, Path.Combine(folder, Path.GetRelativePath(path, first)));
            }

            FolderManifest.Describe(path, before.Format, before.FormatVersion, before.Content, before.Unhashed).Write(path);
        });
        return new RemovedUsers(users, models);
    }

    private static void LinkAll(string from, string to)
    {
        foreach (var inner in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, inner)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (path != FolderManifest.FileName) FileLink.Create(file, Path.Combine(to, path));
        }
    }

    /// <summary>Rewrites a table of texts without the rows of forgotten users. Other tables stay as they are.</summary>
    private static long WithoutRows(string file, Tombstones tombstones, CancellationToken cancellation)
    {
        // A table with types would lose them.
        if (!file.EndsWith(".csv", StringComparison.Ordinal) && !file.EndsWith(".csv.gz", StringComparison.Ordinal)) return 0;
        var removed = 0L;
        InPlace.ReplaceFile(file, temporary =>
        {
            using var table = TableReader.Open(file);
            var user = table.RequireIds(ForgottenSearch.UserColumn);
            using var writer = TableWriter.Create(temporary,
                [.. table.Columns.Select(name => new TableColumn(name, ColumnType.Text) { Optional = true })]);
            while (table.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                if (AudienceFileWithout.IsForgotten(table.Utf8(user), tombstones))
                {
                    removed++;
                    continue;
                }

                for (var column = 0; column < table.Columns.Count; column++)
                {
                    if (table.Utf8(column) is { IsEmpty: false } value) writer.Write(value);
                    else writer.WriteMissing();
                }

                writer.EndRow();
            }

            writer.Complete();
        });
        return removed;
    }
}

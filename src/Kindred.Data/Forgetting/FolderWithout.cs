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

    /// <summary>Rewrites the tables of a world, an inspection and the like, and the folders inside.</summary>
    /// <remarks>Such a folder may have got other files, as a world has a store of daily runs in it, so its files are replaced one by one. The
    /// manifest comes first: stopped in between, the same call goes on with the files that still hold a user.</remarks>
    private static RemovedUsers ReplaceTables(string folder, Tombstones tombstones, CancellationToken cancellation)
    {
        if (FolderFormats.Find(FolderManifest.FormatOf(folder)) is not { } format)
        {
            // Its manifest was damaged since the deletion began.
            throw StillThere(folder, Path.Combine(folder, FolderManifest.FileName));
        }

        var before = FolderManifest.Read(folder, format.Name, format.NewestVersion, format.Remedy);
        var (users, models) = (0L, new List<string>());
        var inner = FolderPath.Inner(folder, before).ToArray();
        foreach (var removed in inner.Select(path => Replace(path, tombstones, cancellation)))
        {
            users += removed.Users;
            models.AddRange(removed.Models);
        }

        var files = Refreshed(folder, before.Files, inner);
        var pending = new List<PendingFile>();
        try
        {
            foreach (var path in ForgottenSearch.Run(folder, tombstones, cancellation))
            {
                var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
                if (!IsRewritable(name) || !files.Any(file => file.Path == name)) throw StillThere(folder, path);
                pending.Add(PendingFile.Create(path, replace: true));
                users += WithoutRows(path, pending[^1].Path, tombstones, cancellation);
                var made = FileChecksum.Describe(Path.GetDirectoryName(pending[^1].Path)!, Path.GetFileName(path));
                files = [.. files.Select(file => file.Path == name ? made with { Path = name } : file)];
            }

            if (!files.SequenceEqual(before.Files)) WriteManifest(folder, before, files);
            foreach (var file in pending) file.Commit();
        }
        finally
        {
            foreach (var file in pending) file.Dispose();
        }

        return users == 0 && models.Count == 0 ? RemovedUsers.None : new RemovedUsers(users, models);
    }

    // A table with types would lose them.
    private static bool IsRewritable(string name) =>
        name.EndsWith(".csv", StringComparison.Ordinal) || name.EndsWith(".csv.gz", StringComparison.Ordinal);

    /// <summary>The files as the manifest lists them, and those of inner folders that were rewritten, now or in a stopped deletion, as they
    /// are.</summary>
    private static ManifestFile[] Refreshed(string folder, IReadOnlyList<ManifestFile> files, string[] inner)
    {
        var now = files.ToArray();
        foreach (var prefix in inner.Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/') + "/"))
        {
            var manifest = Array.FindIndex(now, file => file.Path == prefix + FolderManifest.FileName);
            if (manifest < 0 || now[manifest] == FileChecksum.Describe(folder, now[manifest].Path)) continue;
            for (var i = 0; i < now.Length; i++)
            {
                if (now[i].Path.StartsWith(prefix, StringComparison.Ordinal)) now[i] = FileChecksum.Describe(folder, now[i].Path);
            }
        }

        return now;
    }

    private static void WriteManifest(string folder, FolderManifest before, ManifestFile[] files)
    {
        var manifest = new FolderManifest
        {
            Format = before.Format,
            FormatVersion = before.FormatVersion,
            Content = before.Content,
            Files = files,
            Unhashed = before.Unhashed,
        };
        InPlace.ReplaceFile(Path.Combine(folder, FolderManifest.FileName), file => manifest.Write(Path.GetDirectoryName(file)!));
    }

    /// <summary>Writes a table of texts without the rows of forgotten users.</summary>
    private static long WithoutRows(string file, string outFile, Tombstones tombstones, CancellationToken cancellation)
    {
        var removed = 0L;
        OutputErrors.Guard(file, () =>
        {
            using var table = TableReader.Open(file);
            var user = table.RequireIds(ForgottenSearch.UserColumn);
            using var writer = TableWriter.Create(outFile,
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

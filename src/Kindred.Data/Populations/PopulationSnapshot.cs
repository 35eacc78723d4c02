using Kindred.Data.Folders;
using Kindred.Data.Inputs;
using Kindred.Data.Numpy;
using Kindred.Data.Tables;
using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Data.Populations;

/// <summary>The folder of a population: a manifest, the items, and the users in memory-mapped shards.</summary>
/// <remarks>The same population gives the same bytes. Every array is a NumPy file and every table a Parquet file.</remarks>
public static class PopulationSnapshot
{
    /// <summary>The format that the manifest names.</summary>
    public const string Format = PopulationFormat.Name;

    /// <summary>Writes a population into a folder, which should be one of <see cref="OutputFolder"/>.</summary>
    /// <param name="folder">An empty or new folder.</param>
    /// <param name="content">The population.</param>
    /// <param name="shardCount">The number of shards; 0 for one per started million users.</param>
    /// <param name="progress">Receives the written share of the embeddings, 0 to 1.</param>
    /// <param name="cancellation">Stops between blocks of users.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="KindredException">The disk is full or fails, or embeddings cannot be read.</exception>
    public static PopulationManifest Write(
        string folder, NewPopulation content, int shardCount = 0, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shardCount);
        Check(content);
        RequireEmpty(folder);
        const int perShard = PopulationFormat.UsersPerShard;
        if (shardCount == 0) shardCount = Math.Max(1, (content.Users.Ids.Count + perShard - 1) / perShard);
        var shards = ShardRows.Cut(content.Users, shardCount);
        CheckShards(shards, content.Embeddings.Dimension);
        OutputErrors.Guard(folder, () =>
        {
            Directory.CreateDirectory(folder);
            WriteItems(Path.Combine(folder, PopulationFormat.ItemsFolder), content);
            var writers = shards
                .Select((shard, i) =>
                    new ShardWriter(content, shard.Rows, Path.Combine(folder, PopulationFormat.ShardFolder(i)))).ToArray();
            WriteEmbeddings(writers, content.Users.Ids.Count, progress, cancellation);
            Parallel.For(0, shardCount, i => writers[i].WriteAllElse());
        });

        var manifest = Describe(content, shards);
        var written = FolderManifest.Describe(folder, PopulationFormat.Name, PopulationFormat.Version, manifest.ToJson());
        written.Write(folder);
        return manifest with { Version = written.Version };
    }

    /// <summary>Opens a population: maps its files, and reads only the manifest unless it verifies.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="verify">True to compare the checksums of all files, which reads them all, several at a time.</param>
    /// <exception cref="KindredException">A file is missing, damaged, of another format or of a newer version; the message names
    /// it.</exception>
    public static Population Open(string folder, bool verify = true)
    {
        var written = ReadFolder(folder);
        var manifest = PopulationManifest.From(written, folder);
        written.Verify(folder, PopulationFormat.Remedy, checksums: verify);
        var files = new ShardFiles();
        try
        {
            ShardFiles.Check(folder, FolderManifest.FileName, manifest.Shards.Count > 0 && manifest.Dimension > 0
                && manifest.Countries.Count > 0);
            var items = files.OpenIds(
                Path.Combine(folder, PopulationFormat.ItemsFolder), PopulationFormat.ItemIds, PopulationFormat.ItemIdOffsets,
                manifest.Items);
            var shards = manifest.Shards.Select(shard => files.OpenShard(folder, shard, manifest)).ToArray();
            return new Population(shards, [.. manifest.Countries.Select(country => country.Name)], manifest.Activity, items,
                manifest.Version, files);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Opens a population to find users by their ids: of the files, only those with ids are verified.</summary>
    /// <exception cref="KindredException">As <see cref="Open"/>.</exception>
    internal static Population OpenUserIds(string folder)
    {
        var files = ReadFolder(folder).Files.Where(file => Path.GetFileName(file.Path)
            is PopulationFormat.UserIds or PopulationFormat.UserIdOffsets or PopulationFormat.RowsById).ToArray();
        FileChecksum.Verify(folder, PopulationFormat.Name, files, PopulationFormat.Remedy, checksums: true);
        return Open(folder, verify: false);
    }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="KindredException">There is none, or it is damaged, of another format or of a newer version.</exception>
    public static PopulationManifest ReadManifest(string folder) => PopulationManifest.From(ReadFolder(folder), folder);

    /// <summary>Reads the users' tables of all shards, with their attributes.</summary>
    /// <exception cref="KindredException">As <see cref="Open"/>.</exception>
    public static UserTable ReadUsers(string folder) =>
        UserReader.Read([.. ReadManifest(folder).Shards.Select(shard =>
            Path.Combine(folder, shard.Folder, PopulationFormat.UsersTable))]).Users;

    /// <summary>Reads the items with their embeddings, for folding in users who arrived later.</summary>
    /// <returns>The items with their embeddings, which the caller disposes; null if the population has none.</returns>
    /// <exception cref="KindredException">As <see cref="Open"/>.</exception>
    public static ItemTable? OpenItems(string folder)
    {
        var written = ReadFolder(folder);
        var manifest = PopulationManifest.From(written, folder);
        var inFolder = written.Files.Where(file =>
            file.Path.StartsWith(PopulationFormat.ItemsFolder + "/", StringComparison.Ordinal)).ToArray();
        FileChecksum.Verify(folder, PopulationFormat.Name, inFolder, PopulationFormat.Remedy, checksums: true);
        if (!inFolder.Any(file => file.Path.EndsWith(PopulationFormat.Embeddings, StringComparison.Ordinal))) return null;

        using var files = new ShardFiles();
        var at = Path.Combine(folder, PopulationFormat.ItemsFolder);
        var ids = files.OpenIds(at, PopulationFormat.ItemIds, PopulationFormat.ItemIdOffsets, manifest.Items);
        var users = files.Sized<int>(at, PopulationFormat.ItemUsers, manifest.Items);
        var embeddings = files.Map<float>(at, PopulationFormat.Embeddings, axes: 2);
        ShardFiles.Check(
            at, PopulationFormat.Embeddings, embeddings.Shape is [var rows, var columns] && rows == manifest.Items
                && columns == manifest.Dimension);
        var matrix = new AlignedMatrix(manifest.Items, manifest.Dimension);
        for (var i = 0; i < manifest.Items; i++)
        {
            embeddings.Memory.Span.Slice(i * manifest.Dimension, manifest.Dimension).CopyTo(matrix.Row(i));
        }

        return new ItemTable(new IdList(ids.Utf8.ToArray(), ids.Offsets.ToArray()), matrix, users.ToArray());
    }

    /// <summary>Throws if a folder is not empty: other files in it would seem to belong to the population.</summary>
    internal static void RequireEmpty(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        throw new KindredException(ErrorKind.Output, "output_not_empty",
            $"{folder} is not empty, so a population is not written into it.", "Choose another folder, or empty it.")
        {
            Values = new Dictionary<string, object?> { ["path"] = folder },
        };
    }

    internal static FolderManifest ReadFolder(string folder) =>
        FolderManifest.Read(folder, PopulationFormat.Name, PopulationFormat.Version, PopulationFormat.Remedy);

    private static void WriteItems(string folder, NewPopulation content)
    {
        Directory.CreateDirectory(folder);
        var ids = content.Items?.Ids ?? IdList.Empty;
        NpyFile.Write(Path.Combine(folder, PopulationFormat.ItemIds), ids.Utf8.Span);
        NpyFile.Write(Path.Combine(folder, PopulationFormat.ItemIdOffsets), ids.Offsets.Span);
        if (content.Items is not { } items) return;

        NpyFile.Write<int>(Path.Combine(folder, PopulationFormat.ItemUsers), items.Users);
        using var embeddings = new NpyWriter<float>(Path.Combine(folder, PopulationFormat.Embeddings), ids.Count, items.Embeddings.Columns);
        using var table = TableWriter.Create(Path.Combine(folder, PopulationFormat.ItemsTable),
            [new TableColumn("item_id", ColumnType.Text), new TableColumn("users", ColumnType.Int32)]);
        for (var i = 0; i < ids.Count; i++)
        {
            embeddings.Write(items.Embeddings.Row(i));
            table.Write(ids[i]);
            table.Write(items.Users[i]);
            table.EndRow();
        }

        embeddings.Complete();
        table.Complete();
    }

    // One block at a time: making one may use all threads, and only one is in memory.
    private static void WriteEmbeddings(ShardWriter[] writers, int users, Action<double>? progress, CancellationToken cancellation)
    {
        var done = 0L;
        foreach (var writer in writers)
        {
            writer.WriteEmbeddings(written => progress?.Invoke((done += written) / (double)users), cancellation);
        }
    }

    private static PopulationManifest Describe(NewPopulation content, IReadOnlyList<ShardRows> shards)
    {
        var users = content.Users;
        var (all, active) = (new long[users.Countries.Count], new long[users.Countries.Count]);
        for (var i = 0; i < users.CountryOf.Length; i++)
        {
            all[users.CountryOf[i]]++;
            active[users.CountryOf[i]] += users.Active[i];
        }

        return new PopulationManifest(
            "", content.Embeddings.Dimension, users.Ids.Count, active.Sum(),
            [.. users.Countries.Select((name, i) => new PopulationCountry(name, all[i], active[i]))],
            content.Items?.Ids.Count ?? 0, content.Features is not null, content.ActivityScale, content.Recipe,
            [.. shards.Select((shard, i) =>
                new PopulationShardEntry(PopulationFormat.ShardFolder(i), shard.Rows.Length, shard.CountryStarts))]);
    }

    private static void Check(NewPopulation content)
    {
        var users = content.Users.Ids.Count;
        if (content.Embeddings.Count != users || content.Users.CountryOf.Length != users || content.Users.Active.Length != users
            || (content.Activity.Length != users && content.Activity.Length != 0) || (content.Features?.Count ?? users) != users
            || (content.Items is { } items && (items.Embeddings.Rows != items.Ids.Count || items.Users.Length != items.Ids.Count
                || items.Embeddings.Columns != content.Embeddings.Dimension)))
        {
            throw new ArgumentException("The parts of the population differ in their numbers of users, items or columns.", nameof(content));
        }

        if (!double.IsFinite(content.ActivityScale.Mean) || !double.IsFinite(content.ActivityScale.Deviation))
        {
            throw new ArgumentException("The mean and deviation of the activity must be finite.", nameof(content));
        }

        // Look-ups search the ids by their order: in another order they would miss users.
        for (var i = 1; i < users; i++)
        {
            if (content.Users.Ids[i - 1].SequenceCompareTo(content.Users.Ids[i]) >= 0)
            {
                throw new ArgumentException($"User ids must be distinct and in ordinal order; '{content.Users.Ids.GetString(i)}' is not.",
                    nameof(content));
            }
        }
    }

    // Each array of a shard is mapped as one span.
    private static void CheckShards(IReadOnlyList<ShardRows> shards, int dimension)
    {
        var largest = shards.Max(shard => shard.Rows.Length);
        if ((long)largest * dimension <= int.MaxValue) return;
        throw new KindredException(ErrorKind.Usage, "shard_too_large",
            $"A shard would have {largest:N0} users of {dimension} numbers, more than can be opened ({int.MaxValue:N0}).",
            "Use more shards, or leave their number to Kindred.")
        {
            Values = new Dictionary<string, object?> { ["users"] = largest, ["dimension"] = dimension, ["maximum"] = int.MaxValue },
        };
    }
}

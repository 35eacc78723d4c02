using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Numpy;
using Kindred.Pipeline.Store;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Pipeline.Planning;

/// <summary>All seed lists of a run in one memory-mapped folder: any list can be read without the others.</summary>
internal sealed class SeedTable : IDisposable
{
    /// <summary>The format name in the manifest.</summary>
    public const string Format = "kindred-seeds";

    // Version 1 had no hashed lists and no unknown users.
    private const int FormatVersion = 2;
    private const int DigestBytes = 16;
    private const string Remedy = "Delete the folder and run again: it is made from the files of seed lists";

    private readonly List<IDisposable> _files = [];
    private readonly string _folder;
    private readonly IdList _lists;
    private readonly IdList _users;
    private readonly ReadOnlyMemory<long> _starts;
    private readonly ReadOnlyMemory<int> _duplicates;
    private readonly ReadOnlyMemory<int> _unknown;
    private readonly ReadOnlyMemory<byte> _digests;
    private readonly (string Name, ReadOnlyMemory<float> Values)[] _metrics;

    private SeedTable(string folder, int version, IReadOnlyList<string> metrics)
    {
        _folder = folder;
        _lists = Ids("list_ids", "list_id_offsets");
        _users = Ids("user_ids", "user_id_offsets");
        _starts = Map<long>("list_starts");
        _duplicates = Map<int>("duplicates");
        _unknown = version > 1 ? Map<int>("unknown") : new int[_lists.Count];
        _digests = Map<byte>("digests");
        _metrics = [.. metrics.Select((name, i) => (name, Map<float>(MetricFile(i))))];
        if (_starts.Length != _lists.Count + 1 || _duplicates.Length != _lists.Count || _unknown.Length != _lists.Count || _digests.Length != _lists.Count * DigestBytes
            || _starts.Span[^1] != _users.Count || _metrics.Any(metric => metric.Values.Length != _users.Count))
        {
            Dispose();
            throw new KindredException(ErrorKind.Corrupt, StageFormats.DamagedCode, $"{folder}: its files are inconsistent.", $"{Remedy}.");
        }
    }

    /// <summary>The number of lists.</summary>
    public int Count => _lists.Count;

    /// <summary>The number of users of all lists together.</summary>
    public long Users => _users.Count;

    /// <summary>Writes lists into a folder.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="lists">The lists in ordinal order of their ids, all with the same metrics.</param>
    public static void Write(string folder, IReadOnlyList<SeedList> lists)
    {
        var ids = IdList.From(lists.Select(list => list.Id));
        NpyFile.Write(Path.Combine(folder, "list_ids.npy"), ids.Utf8.Span);
        NpyFile.Write(Path.Combine(folder, "list_id_offsets.npy"), ids.Offsets.Span);
        var starts = new long[lists.Count + 1];
        for (var i = 0; i < lists.Count; i++) starts[i + 1] = starts[i] + lists[i].Users.Count;
        NpyFile.Write<long>(Path.Combine(folder, "list_starts.npy"), starts);
        NpyFile.Write<int>(Path.Combine(folder, "duplicates.npy"), lists.Select(list => list.Duplicates).ToArray());
        NpyFile.Write<int>(Path.Combine(folder, "unknown.npy"), lists.Select(list => list.Unknown).ToArray());
        NpyFile.Write<byte>(Path.Combine(folder, "digests.npy"), lists.SelectMany(DigestOf).ToArray());
        using (var utf8 = new NpyWriter<byte>(Path.Combine(folder, "user_ids.npy"), lists.Sum(list => list.Users.Offsets.Span[^1])))
        using (var offsets = new NpyWriter<long>(Path.Combine(folder, "user_id_offsets.npy"), starts[^1] + 1))
        {
            var before = 0L;
            offsets.Write([0]);
            foreach (var list in lists)
            {
                utf8.Write(list.Users.Utf8.Span[..(int)list.Users.Offsets.Span[^1]]);
                var ends = list.Users.Offsets.ToArray()[1..];
                for (var i = 0; i < ends.Length; i++) ends[i] += before;
                offsets.Write(ends);
                before += list.Users.Offsets.Span[^1];
            }

            utf8.Complete();
            offsets.Complete();
        }

        string[] metrics = lists.Count == 0 ? [] : [.. lists[0].Metrics.Keys.Order(StringComparer.Ordinal)];
        for (var m = 0; m < metrics.Length; m++)
        {
            using var values = new NpyWriter<float>(Path.Combine(folder, MetricFile(m) + ".npy"), starts[^1]);
            foreach (var list in lists) values.Write(list.Metrics[metrics[m]]);
            values.Complete();
        }

        FolderManifest.Describe(folder, Format, FormatVersion, new JsonObject
        {
            ["lists"] = lists.Count,
            ["users"] = starts[^1],
            ["metrics"] = new JsonArray([.. metrics.Select(name => (JsonNode)name)]),
        }).Write(folder);
    }

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="verify">Compares checksums.</param>
    /// <exception cref="KindredException">A file is missing, damaged or of a newer version.</exception>
    public static SeedTable Open(string folder, bool verify)
    {
        var manifest = FolderManifest.Read(folder, Format, FormatVersion, Remedy);
        manifest.Verify(folder, Remedy, verify);
        return new SeedTable(folder, manifest.FormatVersion,
            [.. (manifest.Content["metrics"] as JsonArray ?? []).Select(name => name!.GetValue<string>())]);
    }

    /// <summary>The id of a list.</summary>
    public string IdOf(int list) => _lists.GetString(list);

    /// <summary>Returns the number of users of a list.</summary>
    public int UsersOf(int list) => (int)(_starts.Span[list + 1] - _starts.Span[list]);

    /// <summary>Returns a user of a list by its place in it.</summary>
    public ReadOnlySpan<byte> UserOf(int list, int user) => _users[(int)_starts.Span[list] + user];

    /// <summary>Returns the number of users of a list whose hashes match no user.</summary>
    public int UnknownOf(int list) => _unknown.Span[list];

    /// <summary>A hash of a list's users and their metrics.</summary>
    public string DigestOf(int list) => Convert.ToHexStringLower(_digests.Span.Slice(list * DigestBytes, DigestBytes));

    /// <summary>One list.</summary>
    public SeedList this[int list]
    {
        get
        {
            var (first, end) = ((int)_starts.Span[list], (int)_starts.Span[list + 1]);
            var metrics =
                _metrics.ToDictionary(metric => metric.Name, metric => metric.Values.Span[first..end].ToArray(), StringComparer.Ordinal);
            return new SeedList(IdOf(list), Slice(first, end), metrics, _duplicates.Span[list]) { Unknown = _unknown.Span[list] };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private static string MetricFile(int metric) => $"metric-{metric:D3}";

    /// <summary>A hash of a list's users and their metrics.</summary>
    internal static byte[] DigestOf(SeedList list)
    {
        var hash = new InputHash("seed list");
        for (var i = 0; i < list.Users.Count; i++) hash.Add(list.Users[i]);
        foreach (var (name, values) in list.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            hash.Add(name).Add(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values));
        }

        return Convert.FromHexString(hash.ToString());
    }

    private IdList Slice(int first, int end)
    {
        var offsets = _users.Offsets.Span[first..(end + 1)].ToArray();
        var start = offsets[0];
        var utf8 = _users.Utf8.Slice((int)start, (int)(offsets[^1] - start)).ToArray();
        for (var i = 0; i < offsets.Length; i++) offsets[i] -= start;
        return new IdList(utf8, offsets);
    }

    private IdList Ids(string bytes, string offsets)
    {
        var starts = Map<long>(offsets);
        var utf8 = Map<byte>(bytes);
        return starts.Length > 0 && starts.Span[^1] == utf8.Length ? new IdList(utf8, starts)
            : throw new KindredException(ErrorKind.Corrupt, StageFormats.DamagedCode, $"{_folder}: {offsets}.npy does not fit {bytes}.npy.",
                $"{Remedy}.");
    }

    private ReadOnlyMemory<T> Map<T>(string name)
        where T : unmanaged
    {
        var array = NpyFile.Map<T>(Path.Combine(_folder, name + ".npy"));
        _files.Add(array);
        return array.Memory;
    }
}

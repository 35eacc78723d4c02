using Kindred.Data.Folders;
using Kindred.Data.Numpy;
using Kindred.Populations;

namespace Kindred.Data.Populations;

/// <summary>The memory-mapped files of a population, closed together.</summary>
internal sealed class ShardFiles : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public PopulationShard OpenShard(string folder, PopulationShardEntry entry, PopulationManifest manifest)
    {
        var (users, at) = (entry.Users, Path.Combine(folder, entry.Folder));
        var embeddings = Map<float>(at, PopulationFormat.Embeddings, axes: 2);
        Check(at, PopulationFormat.Embeddings, embeddings.Shape is [var rows, var columns] && rows == users
            && columns == manifest.Dimension);
        var activity = Map<float>(at, PopulationFormat.Activity).Memory;
        Check(at, PopulationFormat.Activity, activity.Length == 0 || activity.Length == users);
        var starts = entry.CountryStarts;
        Check("", Folders.FolderManifest.FileName, starts.Count == manifest.Countries.Count + 1 && starts[0] == 0 && starts[^1] == users
            && starts.Zip(starts.Skip(1)).All(pair => pair.First <= pair.Second));
        return new PopulationShard
        {
            UserIds = OpenIds(at, PopulationFormat.UserIds, PopulationFormat.UserIdOffsets, users),
            Dimension = manifest.Dimension,
            Embeddings = embeddings.Memory,
            Activity = activity,
            Active = Sized<byte>(at, PopulationFormat.Active, users),
            CountryStarts = starts,
            RowsById = Sized<int>(at, PopulationFormat.RowsById, users),
            Features = manifest.HasFeatures ? OpenFeatures(at, users) : null,
        };
    }

    public IdList OpenIds(string folder, string bytes, string offsets, long count)
    {
        var starts = Sized<long>(folder, offsets, count + 1);
        var utf8 = Map<byte>(folder, bytes).Memory;
        Check(folder, offsets, starts.Span[0] == 0 && starts.Span[^1] == utf8.Length);
        return new IdList(utf8, starts);
    }

    public NpyArray<T> Map<T>(string folder, string name, int axes = 1)
        where T : unmanaged
    {
        var array = NpyFile.Map<T>(Path.Combine(folder, name), axes, PopulationFormat.Remedy, PopulationFormat.Name);
        _open.Add(array);
        return array;
    }

    public ReadOnlyMemory<T> Sized<T>(string folder, string name, long count)
        where T : unmanaged
    {
        var memory = Map<T>(folder, name).Memory;
        Check(folder, name, memory.Length == count);
        return memory;
    }

    public static void Check(string folder, string name, bool fits)
    {
        if (fits) return;
        var path = Path.Combine(folder, name);
        throw FolderErrors.Damaged(PopulationFormat.Name, path, $"{path} does not fit the other files of the population",
            PopulationFormat.Remedy);
    }

    public void Dispose() => _open.ForEach(file => file.Dispose());

    private SparseRows OpenFeatures(string folder, int users)
    {
        var starts = Sized<long>(folder, PopulationFormat.FeatureStarts, users + 1L);
        var entries = starts.Span[^1];
        return new SparseRows(
            starts, Sized<int>(folder, PopulationFormat.FeatureItems, entries),
            Sized<float>(folder, PopulationFormat.FeatureWeights, entries));
    }
}

using System.Text;
using Kindred.Data.Populations;
using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Forgetting;

/// <summary>Writes one shard of a population without some of its users.</summary>
internal sealed class ShardWithout
{
    // The columns of a users' table before the attributes.
    private const int OwnColumns = 3;

    private readonly PopulationShard _shard;
    private readonly string _folder;
    private readonly bool[] _gone;

    // [kept users] rows of the shard, by id.
    private readonly int[] _byId;

    public ShardWithout(PopulationShard shard, IEnumerable<int> gone, string folder)
    {
        (_shard, _folder, _gone) = (shard, folder, new bool[shard.Count]);
        foreach (var row in gone) _gone[row] = true;
        _byId = [.. shard.RowsById.ToArray().Where(row => !_gone[row])];
    }

    /// <summary>Writes the files of the shard.</summary>
    /// <param name="manifest">The manifest with these users.</param>
    /// <param name="number">The number of the shard.</param>
    /// <param name="outFolder">The folder of the new population.</param>
    /// <param name="cancellation">Stops between blocks of users.</param>
    /// <returns>The manifest without them.</returns>
    public PopulationManifest Write(PopulationManifest manifest, int number, string outFolder, CancellationToken cancellation)
    {
        var (columns, attributes) = ReadAttributes();
        var content = new NewPopulation
        {
            Users = new UserTable(
                _shard.UserIds.Select(_byId), [.. manifest.Countries.Select(country => country.Name)], Countries(), Of(_shard.Active),
                    attributes),
            Embeddings = new ShardEmbeddings(_shard, _byId),
            Activity = _shard.Activity.Length == 0 ? [] : Of(_shard.Activity),
            ActivityScale = manifest.Activity,
            Features = _shard.Features is { } features ? Of(features) : null,
            Recipe = manifest.Recipe,
        };
        var writer = new ShardWriter(content, InRowOrder(), Path.Combine(outFolder, manifest.Shards[number].Folder), columns);
        writer.WriteEmbeddings(_ => { }, cancellation);
        writer.WriteAllElse();
        return Count(manifest, number, content.Users);
    }

    private PopulationManifest Count(PopulationManifest before, int number, UserTable users)
    {
        var (all, active, starts) = (new long[before.Countries.Count], new long[before.Countries.Count],
            new int[before.Countries.Count + 1]);
        for (var i = 0; i < users.Ids.Count; i++)
        {
            starts[users.CountryOf[i] + 1]++;
            active[users.CountryOf[i]] += users.Active[i];
        }

        // So far the arrays hold the shard's new counts; now they become the losses of the population.
        for (var country = 0; country < all.Length; country++)
        {
            var (first, end) = _shard.RowsOf(country);
            all[country] = end - first - starts[country + 1];
            for (var row = first; row < end; row++) active[country] -= _shard.Active.Span[row];
            starts[country + 1] += starts[country];
        }

        return before with
        {
            Users = before.Users - all.Sum(),
            ActiveUsers = before.ActiveUsers + active.Sum(),
            Countries = [.. before.Countries.Select((country, i) =>
                country with { Users = country.Users - all[i], ActiveUsers = country.ActiveUsers + active[i] })],
            Shards = [.. before.Shards.Select((shard, i) => i == number ? shard with { Users = users.Ids.Count, CountryStarts = starts }
                : shard)],
        };
    }

    // The kept users in the order of the shard's rows, as numbers in the order of ids.
    private int[] InRowOrder()
    {
        var numberOf = new int[_shard.Count];
        for (var i = 0; i < _byId.Length; i++) numberOf[_byId[i]] = i;
        return [.. numberOf.Where((_, row) => !_gone[row])];
    }

    private int[] Countries()
    {
        var countryOf = new int[_shard.Count];
        for (var country = 0; country < _shard.CountryStarts.Count - 1; country++)
        {
            var (first, end) = _shard.RowsOf(country);
            countryOf.AsSpan(first, end - first).Fill(country);
        }

        return Of<int>(countryOf);
    }

    private T[] Of<T>(ReadOnlyMemory<T> values)
    {
        var all = values.Span;
        var kept = new T[_byId.Length];
        for (var i = 0; i < kept.Length; i++) kept[i] = all[_byId[i]];
        return kept;
    }

    private SparseRows Of(SparseRows features)
    {
        var starts = new long[_byId.Length + 1];
        for (var i = 0; i < _byId.Length; i++) starts[i + 1] = starts[i] + features.ColumnsOf(_byId[i]).Length;
        var (columns, weights) = (new int[starts[^1]], new float[starts[^1]]);
        for (var i = 0; i < _byId.Length; i++)
        {
            features.ColumnsOf(_byId[i]).CopyTo(columns.AsSpan((int)starts[i]));
            features.WeightsOf(_byId[i]).CopyTo(weights.AsSpan((int)starts[i]));
        }

        return new SparseRows(starts, columns, weights);
    }

    // With the names and order of the columns in the file, as in the other shards.
    private (string[] Columns, Dictionary<string, string?[]> Values) ReadAttributes()
    {
        using var table = TableReader.Open(Path.Combine(_folder, PopulationFormat.UsersTable));
        var columns = table.Columns.Skip(OwnColumns).ToArray();
        var numbers = Array.ConvertAll(columns, table.Require);
        var values = Array.ConvertAll(columns, _ => new string?[_shard.Count]);
        var pool = new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = 0;
        for (; table.Read() && rows < _shard.Count; rows++)
        {
            for (var j = 0; j < columns.Length; j++) values[j][rows] = Pooled(table.Utf8(numbers[j]));
        }

        ShardFiles.Check(_folder, PopulationFormat.UsersTable, rows == _shard.Count);
        return (columns, columns.Zip(values).ToDictionary(pair => pair.First, pair => Of<string?>(pair.Second), StringComparer.Ordinal));

        string Pooled(ReadOnlySpan<byte> utf8)
        {
            var text = Encoding.UTF8.GetString(utf8);
            if (pool.TryGetValue(text, out var known)) return known;
            return pool[text] = text;
        }
    }
}

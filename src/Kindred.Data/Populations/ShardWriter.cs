using System.Text;
using Kindred.Data.Numpy;
using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Populations;

/// <summary>Writes the files of one shard.</summary>
/// <param name="content">The whole population.</param>
/// <param name="rows">The shard's users as rows of the population, by country and then by id.</param>
/// <param name="folder">The folder to write to.</param>
/// <param name="attributes">The users' attributes in the order of their columns; null for the ordinal order of their names.</param>
internal sealed class ShardWriter(NewPopulation content, int[] rows, string folder, IReadOnlyList<string>? attributes = null)
{
    /// <summary>Writes the users' embeddings, a block of users at a time.</summary>
    /// <param name="progress">Receives the number of users just written.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public void WriteEmbeddings(Action<long> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var file = new NpyWriter<float>(In(PopulationFormat.Embeddings), rows.Length, content.Embeddings.Dimension);
        for (var first = 0; first < rows.Length; first += IUserEmbeddings.UsersAtATime)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = new ArraySegment<int>(rows, first, Math.Min(IUserEmbeddings.UsersAtATime, rows.Length - first));
            using var embeddings = content.Embeddings.Of(block, cancellation);
            for (var i = 0; i < block.Count; i++) file.Write(embeddings.Row(i));
            progress(block.Count);
        }

        file.Complete();
    }

    /// <summary>Writes everything but the embeddings.</summary>
    public void WriteAllElse()
    {
        Directory.CreateDirectory(folder);
        var ids = content.Users.Ids.Select(rows);
        NpyFile.Write(In(PopulationFormat.UserIds), ids.Utf8.Span);
        NpyFile.Write(In(PopulationFormat.UserIdOffsets), ids.Offsets.Span);
        NpyFile.Write<int>(In(PopulationFormat.RowsById), RowsById());
        NpyFile.Write<byte>(In(PopulationFormat.Active), Array.ConvertAll(rows, row => content.Users.Active[row]));
        NpyFile.Write<float>(
            In(PopulationFormat.Activity), content.Activity.Length == 0 ? [] : Array.ConvertAll(rows, row => content.Activity[row]));
        if (content.Features is { } features) WriteFeatures(features);
        WriteTable(ids);
    }

    private string In(string name) => Path.Combine(folder, name);

    // The population is ordered by id, so sorting its row numbers sorts the ids.
    private int[] RowsById()
    {
        var order = Enumerable.Range(0, rows.Length).ToArray();
        Array.Sort(rows.ToArray(), order);
        return order;
    }

    private void WriteFeatures(SparseRows features)
    {
        var starts = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++) starts[i + 1] = starts[i] + features.ColumnsOf(rows[i]).Length;
        NpyFile.Write<long>(In(PopulationFormat.FeatureStarts), starts);

        using var items = new NpyWriter<int>(In(PopulationFormat.FeatureItems), starts[^1]);
        using var weights = new NpyWriter<float>(In(PopulationFormat.FeatureWeights), starts[^1]);
        foreach (var row in rows)
        {
            items.Write(features.ColumnsOf(row));
            weights.Write(features.WeightsOf(row));
        }

        items.Complete();
        weights.Complete();
    }

    private void WriteTable(IdList ids)
    {
        var users = content.Users;
        var countries = users.Countries.Select(Encoding.UTF8.GetBytes).ToArray();
        var columns = (attributes ?? [.. users.Attributes.Keys.Order(StringComparer.Ordinal)])
            .Select(name => (Name: name, Values: users.Attributes[name])).ToArray();
        using var table = TableWriter.Create(In(PopulationFormat.UsersTable),
        [
            new TableColumn("user_id", ColumnType.Text),
            new TableColumn("country", ColumnType.Text, Optional: true),
            new TableColumn("active", ColumnType.UInt8),
            .. columns.Select(column => new TableColumn(NameOf(column.Name), ColumnType.Text, Optional: true)),
        ]);
        for (var i = 0; i < rows.Length; i++)
        {
            table.Write(ids[i]);
            WriteOptional(table, countries[users.CountryOf[rows[i]]]);
            table.Write(users.Active[rows[i]]);
            foreach (var (_, values) in columns) WriteOptional(table, Encoding.UTF8.GetBytes(values[rows[i]] ?? ""));
            table.EndRow();
        }

        table.Complete();
    }

    // If other columns were named as country or active, attributes may have these names.
    private static string NameOf(string attribute) => attribute is "user_id" or "country" or "active" ? "attribute_" + attribute
        : attribute;

    private static void WriteOptional(TableWriter table, byte[] utf8)
    {
        if (utf8.Length == 0) table.WriteMissing();
        else table.Write(utf8);
    }
}

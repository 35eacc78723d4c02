using System.Text;
using Kindred.Data.Tables;

namespace Kindred.App.Inspection;

/// <summary>The names and topics of items, by item id.</summary>
internal sealed record ItemNames(IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string> Topics)
{
    /// <summary>Reads items with a name, a topic or both. Empty values count as missing, and the last of repeated items counts.</summary>
    /// <exception cref="KindredException">The file or a row is wrong, or it has neither names nor topics.</exception>
    public static ItemNames Read(string file, string itemColumn)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var topics = new Dictionary<string, string>(StringComparer.Ordinal);
        using var table = TableReader.Open(file);
        var (item, name, topic) = (table.RequireIds(itemColumn), table.Find("name"), table.Find("topic"));
        if (name < 0 && topic < 0)
        {
            throw new KindredException(ErrorKind.BadInput, "items_without_names",
                $"{file} has neither a column 'name' nor a column 'topic', but " +
                    $"{string.Join(", ", table.Columns.Select(column => $"'{column}'"))}: it would change nothing.",
                "Add one of them, or give no file of items.");
        }

        while (table.Read())
        {
            var id = Encoding.UTF8.GetString(table.Id(item));
            Keep(names, id, name);
            Keep(topics, id, topic);
        }

        return new ItemNames(names, topics);

        void Keep(Dictionary<string, string> to, string id, int column)
        {
            if (column >= 0 && table.Utf8(column) is { IsEmpty: false } value) to[id] = Encoding.UTF8.GetString(value);
        }
    }
}

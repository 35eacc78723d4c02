using System.Text;
using Kindred.Data.Tables;

namespace Kindred.Pipeline.Settings;

/// <summary>Reads the settings of single lists from a table with one row per list: seed_list_id and any of owner, method, countries,
/// sizes, exclude, exclude_hashed, schedule, learn_from, publish_lists.</summary>
/// <remarks>Several values of a cell are separated by semicolons; an empty cell sets nothing.</remarks>
internal static class TargetTable
{
    private static readonly string[] _columns =
        ["owner", "method", "countries", "sizes", "exclude", "exclude_hashed", "schedule", "learn_from", "publish_lists"];

    public static void Read(string file, ListSettings common, Dictionary<string, ListSettings> lists, string folder)
    {
        using var table = TableReader.Open(file);
        var id = table.RequireIds("seed_list_id");
        var unknown = table.Columns.FirstOrDefault(column => column != "seed_list_id" && !_columns.Contains(column));
        if (unknown is not null)
        {
            throw new KindredException(ErrorKind.BadInput, "list_setting_unknown",
                $"{file}, line 1: there is no setting '{unknown}' of a list. Columns are seed_list_id and any of " +
                    $"{string.Join(", ", _columns)}.", "Delete or rename the column.");
        }

        var columns = _columns.Select(name => (Name: name, Column: table.Find(name))).Where(column => column.Column >= 0).ToArray();
        while (table.Read())
        {
            var list = Encoding.UTF8.GetString(table.Id(id));
            var settings = common;
            foreach (var (name, column) in columns)
            {
                var values = Encoding.UTF8.GetString(table.Utf8(column))
                    .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (values.Length > 0)
                {
                    settings = With(settings, name, values, folder, problem =>
                        table.Error(column, problem, "Separate several values of a cell by semicolons"));
                }
            }

            if (!lists.TryAdd(list, settings))
            {
                throw table.Error(id, $"list '{list}' has a row already",
                    "Give each list one row, with several countries or sizes in one cell, as in DE;HU");
            }
        }
    }

    private static ListSettings With(ListSettings settings, string name, string[] values, string folder,
        Func<string, KindredException> error) => name switch
        {
            "owner" => settings with
            {
                Owner = values[0] != ListSettings.NoOwner
                ? values[0]
                : throw error($"'owner' is '{ListSettings.NoOwner}', which stands for no owner")
            },
            "method" => settings with { Method = values[0] },
            "countries" => settings with { Countries = values },
            "learn_from" => settings with
            {
                LearnFromCountry = values[0] switch
                {
                    "country" => true,
                    "everybody" => false,
                    _ => throw error($"'learn_from' is '{values[0]}'; it must be country or everybody"),
                },
            },
            _ => SettingsReader.With(settings, name, values, folder, error),
        };
}

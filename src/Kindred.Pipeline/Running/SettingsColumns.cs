using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Running;

/// <summary>Names the settings key that maps a missing column.</summary>
internal static class SettingsColumns
{
    /// <summary>Returns the error of a missing column with the key of 'columns' as its remedy; null if no key maps it, as for
    /// metrics.</summary>
    public static KindredException? Explain(MissingColumnException missing, RunSettings settings)
    {
        if (KeyOf(settings.Columns, missing.Column) is not { } key) return null;
        var example = $"'columns: {{ {key}: {missing.Close ?? "NAME"} }}'";
        var where = settings.File is { } file ? $"In {file} 'columns' sets" : "'columns' of the settings sets";
        return new KindredException(ErrorKind.BadInput, "settings_column_missing", missing.Problem,
            $"{where} the names of columns, as in {example}; or rename it in the file.", missing)
        {
            Values = new Dictionary<string, object?> { ["column"] = missing.Column, ["key"] = key, ["settings"] = settings.File },
        };
    }

    private static string? KeyOf(ColumnNames columns, string name)
    {
        (string Key, string? Name)[] keys =
        [
            ("user_id", columns.User), ("item_id", columns.Item), ("seed_list_id", columns.SeedList), ("weight", columns.Weight),
            ("timestamp", columns.Timestamp), ("country", columns.Country), ("active", columns.Active),
        ];
        return keys.FirstOrDefault(pair => pair.Name == name).Key;
    }
}

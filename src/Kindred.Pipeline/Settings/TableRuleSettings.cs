using Kindred.Data.Values;
using Kindred.Ids;

namespace Kindred.Pipeline.Settings;

/// <summary>Reads the settings about how values of input files are written.</summary>
internal static class TableRuleSettings
{
    /// <summary>Reads the keys normalize_ids, missing_ids, timestamp_format and decimal_comma.</summary>
    public static TableRules Read(SettingsNode map)
    {
        var ids = IdNormalization.Parse(map.Texts("normalize_ids") ?? [], out var unknown);
        if (unknown is not null)
        {
            throw map.Error("normalize_ids", $"'{map.Name("normalize_ids")}' has '{unknown}'; it must be of {string.Join(", ", IdNormalization.Names)}");
        }

        var (format, problem) = ((TimestampFormat?)null, (string?)null);
        if (map.Text("timestamp_format") is { } text) format = TimestampFormat.TryParse(text, out problem);
        return problem is not null ? throw map.Error("timestamp_format", $"'{map.Name("timestamp_format")}' {problem}") : new TableRules
        {
            Ids = ids,
            MissingIds = map.Choice("missing_ids", "refuse", "skip", "keep") switch
            {
                "skip" => MissingIds.Skip,
                "keep" => MissingIds.Keep,
                _ => MissingIds.Refuse,
            },
            Timestamps = format,
            DecimalComma = map.Flag("decimal_comma") ?? false,
        };
    }
}

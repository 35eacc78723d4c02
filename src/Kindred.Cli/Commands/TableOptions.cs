using System.CommandLine;
using Kindred.Cli.Shell;
using Kindred.Data.Values;
using Kindred.Ids;

namespace Kindred.Cli.Commands;

/// <summary>Options about how values of input tables are written. Each has the same meaning in every command.</summary>
internal static class TableOptions
{
    public static readonly Option<string[]> NormalizeIds = CommonOptions.Known(new Option<string[]>("--normalize-ids")
    {
        Description = "Write ids in one way before they are compared or hashed: trim white space, lower case, nfc (Unicode), digits " +
            "(17.0 is 17). Give it to all commands of a population alike. Default: byte for byte.",
        HelpName = "trim,lower,nfc,digits",
    }, [.. IdNormalization.Names]);

    public static readonly Option<string> MissingIds = CommonOptions.Choice("--missing-ids",
        "Rows whose id is empty or a word for nothing (\\N, NULL, None, nan): refuse them, skip them, or keep such words as ids.",
        "refuse", "skip", "keep");

    public static readonly Option<string?> TimestampFormat = CommonOptions.Known(new Option<string?>("--timestamp-format")
    {
        Description = "The form of times in texts: day-first, month-first, or a pattern such as '%d.%m.%Y %H:%M'. Default: ISO 8601, " +
            "20241231, or unix times.",
        HelpName = "FORMAT",
    }, "day-first", "month-first");

    public static readonly Option<bool> DecimalComma = new("--decimal-comma")
    {
        Description = "Numbers in texts have a decimal comma, as in 1.234,5.",
    };

    /// <summary>The options about ids.</summary>
    public static IEnumerable<Option> OfIds => [NormalizeIds, MissingIds];

    /// <summary>Reads the rules. A command has options only for the values it reads.</summary>
    public static TableRules Of(ParseResult parsed)
    {
        var ids = IdNormalization.Parse(CommonOptions.Names(parsed.GetValue(NormalizeIds)), out var unknown);
        if (unknown is not null)
        {
            throw new UsageException($"--normalize-ids has '{unknown}'; it must be of {string.Join(", ", IdNormalization.Names)}." +
                Spelling.DidYouMean(unknown, IdNormalization.Names));
        }

        var (format, problem) = ((Data.Values.TimestampFormat?)null, (string?)null);
        if (parsed.GetValue(TimestampFormat) is { } text) format = Data.Values.TimestampFormat.TryParse(text, out problem);
        return problem is not null ? throw new UsageException($"--timestamp-format {problem}.") : new TableRules
        {
            Ids = ids,
            MissingIds = parsed.GetValue(MissingIds) switch
            {
                "skip" => Data.Values.MissingIds.Skip,
                "keep" => Data.Values.MissingIds.Keep,
                _ => Data.Values.MissingIds.Refuse,
            },
            Timestamps = format,
            DecimalComma = parsed.GetValue(DecimalComma),
        };
    }
}

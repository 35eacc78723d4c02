using System.CommandLine;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;

namespace Kindred.Cli.Commands;

/// <summary>Options that name columns. Each has the same meaning in every command.</summary>
internal static class ColumnOptions
{
    public static readonly Option<string?> User = Column("--user-column", "The column of user ids in all files. Default: user_id.");

    public static readonly Option<string?> SeedList =
        Column("--seed-list-column", "The column of seed list ids; an error if it is missing. Default: seed_list_id, if present.");

    public static readonly Option<string?> Item = Column("--item-column", "The column of item ids. Default: item_id.");

    public static readonly Option<string?> Weight = Column("--weight-column", "The column of weights. Default: weight, if present.");

    public static readonly Option<string?> Timestamp =
        Column("--timestamp-column", "The column of timestamps. Default: timestamp, if present.");

    public static readonly Option<string?> Country = Column("--country-column", "The column of countries. Default: country, if present.");

    public static readonly Option<string?> Active =
        Column("--active-column", "The column that marks active users. Default: active, if present.");

    /// <summary>The columns of seed lists.</summary>
    public static IEnumerable<Option> OfSeeds => [User, SeedList];

    /// <summary>The columns of interactions, except the user column.</summary>
    public static IEnumerable<Option> OfInteractions => [Item, Weight, Timestamp];

    /// <summary>The columns of users' files, except the user column.</summary>
    public static IEnumerable<Option> OfUsers => [Country, Active];

    /// <summary>Reads the column names. A command has options only for the columns it reads.</summary>
    public static ColumnNames Of(ParseResult parsed)
    {
        var names = new ColumnNames();
        return new ColumnNames
        {
            User = parsed.GetValue(User) ?? names.User,
            Item = parsed.GetValue(Item) ?? names.Item,
            SeedList = parsed.GetValue(SeedList),
            Country = parsed.GetValue(Country),
            Active = parsed.GetValue(Active),
            Weight = parsed.GetValue(Weight),
            Timestamp = parsed.GetValue(Timestamp),
            Rules = TableOptions.Of(parsed),
        };
    }

    /// <summary>Explains a missing column in terms of the command's options: check the option that named it, or use an option instead of
    /// renaming the column.</summary>
    public static string Explain(ParseResult parsed, MissingColumnException missing)
    {
        Option<string?>[] own =
            [.. new[] { User, SeedList, Item, Weight, Timestamp, Country, Active }.Where(parsed.CommandResult.Command.Options.Contains)];
        if (own.FirstOrDefault(option => parsed.GetValue(option) == missing.Column) is { } named)
        {
            return $"{missing.Problem} {(missing.Close is { } close ? $"Did you mean {named.Name} {close}?" : $"Check {named.Name}.")}";
        }

        var names = new ColumnNames();
        var usual = missing.Column == names.User ? User : missing.Column == names.Item ? Item : null;
        return usual is not null && own.Contains(usual)
            ? $"{missing.Message} Or keep the file and name the column with {usual.Name}."
            : missing.Message;
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}

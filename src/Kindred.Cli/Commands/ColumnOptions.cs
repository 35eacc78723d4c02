using System.CommandLine;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;

namespace Kindred.Cli.Commands;

/// <summary>Options that say what columns are called, each with one meaning wherever such a column is read.</summary>
internal static class ColumnOptions
{
    public static readonly Option<string?> User = Column("--user-column", "The column of user ids in all files. Default: user_id.");

    public static readonly Option<string?> SeedList = Column("--seed-list-column", "The column of the seed lists' ids, which must then be there. Default: seed_list_id, if there is one.");

    public static readonly Option<string?> Item = Column("--item-column", "The column of item ids. Default: item_id.");

    public static readonly Option<string?> Weight = Column("--weight-column", "The column of weights. Default: weight, if there is one.");

    public static readonly Option<string?> Timestamp = Column("--timestamp-column", "The column of points in time. Default: timestamp, if there is one.");

    public static readonly Option<string?> Country = Column("--country-column", "The column of countries. Default: country, if there is one.");

    public static readonly Option<string?> Active = Column("--active-column", "The column that says who is active. Default: active, if there is one.");

    /// <summary>The columns of seed lists.</summary>
    public static IEnumerable<Option> OfSeeds => [User, SeedList];

    /// <summary>The columns of interactions, but that of users.</summary>
    public static IEnumerable<Option> OfInteractions => [Item, Weight, Timestamp];

    /// <summary>The columns of users' files, but that of users.</summary>
    public static IEnumerable<Option> OfUsers => [Country, Active];

    /// <summary>What the columns are called; a command has the options of the columns that it reads.</summary>
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
        };
    }

    /// <summary>The error about a missing column in words of the command: whoever named it by an option is not told to rename the file's, and who did not is told that he can.</summary>
    public static string Explain(ParseResult parsed, MissingColumnException missing)
    {
        Option<string?>[] own = [.. new[] { User, SeedList, Item, Weight, Timestamp, Country, Active }.Where(parsed.CommandResult.Command.Options.Contains)];
        if (own.FirstOrDefault(option => parsed.GetValue(option) == missing.Column) is { } named)
        {
            return $"{missing.Problem} {(missing.Close is { } close ? $"Did you mean {named.Name} {close}?" : $"Check {named.Name}.")}";
        }

        var names = new ColumnNames();
        var usual = missing.Column == names.User ? User : missing.Column == names.Item ? Item : null;
        return usual is not null && own.Contains(usual) ? $"{missing.Message} Or leave the file as it is, and name the column by {usual.Name}." : missing.Message;
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}

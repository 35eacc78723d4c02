using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Populations;

namespace Kindred.Cli.Jobs;

/// <summary>What is odd about users' countries: an audience of a country is only of those who are written as it is.</summary>
internal static class CountryNotes
{
    /// <param name="users">The users.</param>
    /// <param name="filesGiven">Whether there are files that could say where users are.</param>
    /// <param name="screen">Where notes go.</param>
    public static void Write(UserTable users, bool filesGiven, Screen screen)
    {
        if (filesGiven && users.Countries is [""]) screen.Note($"Nobody has a country: there is no column '{ColumnNames.DefaultCountry}', or it is empty (--country-column names another).");
        foreach (var alike in users.Countries.Where(country => country.Length > 0).GroupBy(country => country, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() > 1))
        {
            screen.Note($"Countries that differ in case alone are several: {string.Join(", ", alike.Select(country => $"'{country}'"))}. Write each in one way, or audiences of one leave the others out.");
        }
    }
}

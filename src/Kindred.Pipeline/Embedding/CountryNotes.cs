using Kindred.Data.Inputs;
using Kindred.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>Notes on suspicious countries of users: an audience of a country contains only users with exactly that spelling.</summary>
public static class CountryNotes
{
    /// <summary>Writes the notes.</summary>
    /// <param name="users">The users.</param>
    /// <param name="filesGiven">True if there are files that may contain countries.</param>
    /// <param name="progress">Receives the notes.</param>
    public static void Write(UserTable users, bool filesGiven, IProgressReporter progress)
    {
        if (filesGiven && users.Countries is [""]) progress.Note($"No user has a country: there is no column '{ColumnNames.DefaultCountry}', or it is empty. If the column has another name, set that name.");
        foreach (var alike in users.Countries.Where(country => country.Length > 0).GroupBy(country => country, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() > 1))
        {
            progress.Note($"Countries that differ only in case count as different: {string.Join(", ", alike.Select(country => $"'{country}'"))}. Spell each country in one way: an audience contains only users with its spelling.");
        }
    }
}

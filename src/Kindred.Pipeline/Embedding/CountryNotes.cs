using Kindred.Data.Inputs;
using Kindred.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>Notes about users' countries that look wrong: an audience of a country has only the users whose country is written the same way.</summary>
public static class CountryNotes
{
    /// <summary>Writes the notes.</summary>
    /// <param name="users">The users.</param>
    /// <param name="filesGiven">Whether there are files that could say where users are.</param>
    /// <param name="progress">Receives the notes.</param>
    public static void Write(UserTable users, bool filesGiven, IProgressReporter progress)
    {
        if (filesGiven && users.Countries is [""]) progress.Note($"No user has a country: there is no column '{ColumnNames.DefaultCountry}', or it is empty. A column of another name has to be named.");
        foreach (var alike in users.Countries.Where(country => country.Length > 0).GroupBy(country => country, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() > 1))
        {
            progress.Note($"Countries that differ only in case count as different: {string.Join(", ", alike.Select(country => $"'{country}'"))}. Write each country in one way, or audiences of one spelling leave the others out.");
        }
    }
}

using Kindred.Ids;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Seeds;

/// <summary>Sentences about how seed lists match a population. None of them contains a user id.</summary>
public static class SeedWords
{
    /// <summary>1 seed list, or 1,234 seed lists.</summary>
    public static string Lists(int count) => count == 1 ? "1 seed list" : FormattableString.Invariant($"{count:N0} seed lists");

    /// <summary>Describes how few users match, and the likely cause.</summary>
    public static string FewMatch(long matched, long given, IdDiagnosis? diagnosis) =>
        FormattableString.Invariant($"{matched:N0} of {given:N0} users are in the population.")
            + (diagnosis is null ? "" : " " + Looks(diagnosis) + Cause(diagnosis));

    /// <summary>Describes the likely cause in one or two sentences.</summary>
    public static string Cause(IdDiagnosis diagnosis) => diagnosis.Cause switch
    {
        IdCause.LetterCase => Mended(diagnosis, "letter case is ignored",
            "Write ids in the population's case, or normalise them by lower here and in the population."),
        IdCause.WhiteSpace => Mended(diagnosis, "white space in ids is ignored", "Remove it."),
        IdCause.Fraction => Mended(diagnosis, "fractions such as .0 are removed",
            "Write ids as whole numbers or text: a table with empty cells turns numbers into fractions."),
        IdCause.LeadingZeros => Mended(diagnosis, "leading zeros are ignored", "Write ids as text: spreadsheets drop leading zeros."),
        IdCause.Prefix => Mended(diagnosis, "letters and signs before the number and zeros in front of it are ignored",
            "Write the same prefix and the same number of digits as the population."),
        IdCause.UnicodeForm => Mended(diagnosis, "letters such as é are brought to one Unicode form",
            "Normalise ids by nfc here and in the population, or export the list in the composed form (NFC)."),
        IdCause.ScientificNotation => "The list's ids are numbers like 1.23E+15: a spreadsheet dropped their last digits, which cannot " +
            "be restored. Export the list again with the ids as text.",
        IdCause.Rounded => Mended(diagnosis, "the population's are rounded in the same way",
            "The list's last digits are lost: spreadsheets keep 15 digits, and a float64 about 16. Export the list again with the ids as text."),
        IdCause.OtherTable => FormattableString.Invariant($"{diagnosis.Explained:N0} of {diagnosis.Tried:N0} tested ids are items of the population, not users: ") +
            "check which column of the list holds the users.",
        IdCause.Absent => "Most match, and nothing makes the others match: they are simply not in the population.",
        IdCause.EmailForm => Mended(diagnosis, "addresses are normalised",
            "Write them like the population: in lower case, without a '+' tag and without Gmail's dots."),
        IdCause.Punctuation => Mended(diagnosis, "punctuation is ignored", "Write hyphens, braces and spaces as the population does."),
        IdCause.ListIsSha256 => ListHashed(diagnosis, "SHA-256"),
        IdCause.ListIsSha1 => ListHashed(diagnosis, "SHA-1"),
        IdCause.ListIsMd5 => ListHashed(diagnosis, "MD5"),
        IdCause.PopulationIsSha256 => Mended(diagnosis, "the list's are hashed with SHA-256",
            "Hash the list's ids: the population holds hashes."),
        IdCause.PopulationIsSha1 => Mended(diagnosis, "the list's are hashed with SHA-1",
            "Hash the list's ids: the population holds hashes."),
        IdCause.PopulationIsMd5 => Mended(diagnosis, "the list's are hashed with MD5", "Hash the list's ids: the population holds hashes."),
        IdCause.OtherHash => "The list holds hashes, but not unsalted hashes of the population's ids. Ask for the salt, or what was " +
            "hashed.",
        IdCause.HashUnknown => "The remaining hashes match no user. The salt may differ, the ids may have been spelled differently " +
            "before hashing, or they are other users.",
        IdCause.AlreadyHashed => "The population's ids look like such hashes themselves: set no hash function, and they are compared as " +
            "they are.",
        IdCause.OtherFunction => "Both look like hashes, but of different functions. Ask for ids hashed with the population's function.",
        IdCause.EmailAddresses => "These look like e-mail addresses, and the population's ids do not: replace each with that user's id " +
            "in the population.",
        IdCause.PhoneNumbers => "These look like phone numbers, and the population's ids do not: replace each with that user's id in " +
            "the population.",
        IdCause.OtherUsers => "The ids are written alike. The list may belong to another population, or its users may be newer than the " +
            "population.",
        _ => "No common transformation makes them match. They may be another kind of id.",
    };

    /// <summary>Warnings about usable lists in one line; empty if there are none.</summary>
    public static string Warnings(SeedCheckResult check)
    {
        var warnings = new List<string>();
        if (check.Lists.FirstOrDefault(list => list.Verdict == ListVerdict.TooBroad) is { } broad)
        {
            warnings.Add(FormattableString.Invariant($"{broad.SeedListId} holds {broad.ShareOfPopulation:0.#%} of the users{Others(check.Lists.Count(list => list.Verdict == ListVerdict.TooBroad) - 1)}: an audience similar to nearly all users is not specific."));
        }

        if (check.Lists.FirstOrDefault(list => list.SameAs is not null) is { } same)
        {
            warnings.Add(
                $"{same.SeedListId} has the same users as {same.SameAs}{Others(check.Lists.Count(list => list.SameAs is not null) - 1)}.");
        }
        else if (check.Pairs is [{ ShareOfSmaller: >= 0.5 } pair, ..])
        {
            warnings.Add(FormattableString.Invariant($"{check.Lists[pair.First].SeedListId} and {check.Lists[pair.Second].SeedListId} share {pair.Shared:N0} users, {pair.ShareOfSmaller:0%} of the smaller list."));
        }

        return string.Join(' ', warnings);
    }

    private static string Others(int count) => count == 0 ? "" : FormattableString.Invariant($" (and {count:N0} more lists)");

    private static string Looks(IdDiagnosis diagnosis) => diagnosis.ListShape is null ? ""
        : $"The others look like {diagnosis.ListShape}, the population's like {diagnosis.PopulationShape}. ";

    private static string ListHashed(IdDiagnosis diagnosis, string function) => diagnosis.Normalization == IdForms.None
        ? Mended(diagnosis, $"the population's are hashed with {function}", $"Set {function} as the hash function of the ids.")
        : Mended(diagnosis, $"the population's are trimmed, written in lower case and hashed with {function}",
            $"Set {function} as the hash function of the ids, and normalise ids by trim and lower.");

    private static string Mended(IdDiagnosis diagnosis, string how, string advice) =>
        FormattableString.Invariant($"{diagnosis.Explained:N0} of {diagnosis.Tried:N0} tested ids match if {how}. {advice}");
}

using Kindred.SeedLists.Checks;

namespace Kindred.App.Seeds;

/// <summary>Sentences about how seed lists match a population. None of them holds an id of a user.</summary>
public static class SeedWords
{
    /// <summary>1 seed list, or 1,234 seed lists.</summary>
    public static string Lists(int count) => count == 1 ? "1 seed list" : FormattableString.Invariant($"{count:N0} seed lists");

    /// <summary>How few users of a list, or of several, match, and why.</summary>
    public static string FewMatch(long matched, long given, IdDiagnosis? diagnosis) =>
        FormattableString.Invariant($"{matched:N0} of {given:N0} users are in the population.") + (diagnosis is null ? "" : " " + Looks(diagnosis) + Cause(diagnosis));

    /// <summary>The likely cause in one or two sentences.</summary>
    public static string Cause(IdDiagnosis diagnosis) => diagnosis.Cause switch
    {
        IdCause.LetterCase => Mended(diagnosis, "letter case is ignored", "Write ids in the population's case."),
        IdCause.WhiteSpace => Mended(diagnosis, "white space in ids is ignored", "Remove it."),
        IdCause.Fraction => Mended(diagnosis, "fractions such as .0 are taken off", "Write ids as whole numbers or text: a table with empty cells turns numbers into fractions."),
        IdCause.LeadingZeros => Mended(diagnosis, "leading zeros are ignored", "Write ids as text: spreadsheets take zeros off numbers."),
        IdCause.EmailForm => Mended(diagnosis, "addresses are normalised", "Write them in lower case, without a tag behind '+' and without the dots of Gmail, as the population does."),
        IdCause.Punctuation => Mended(diagnosis, "punctuation is ignored", "Write hyphens, braces and spaces as the population does."),
        IdCause.ListIsSha256 => Mended(diagnosis, "the population's are hashed with SHA-256", "Set SHA-256 as the hash function of the ids."),
        IdCause.ListIsSha1 => Mended(diagnosis, "the population's are hashed with SHA-1", "Set SHA-1 as the hash function of the ids."),
        IdCause.ListIsMd5 => Mended(diagnosis, "the population's are hashed with MD5", "Set MD5 as the hash function of the ids."),
        IdCause.PopulationIsSha256 => Mended(diagnosis, "the list's are hashed with SHA-256", "Hash the list's ids: the population holds hashes."),
        IdCause.PopulationIsSha1 => Mended(diagnosis, "the list's are hashed with SHA-1", "Hash the list's ids: the population holds hashes."),
        IdCause.PopulationIsMd5 => Mended(diagnosis, "the list's are hashed with MD5", "Hash the list's ids: the population holds hashes."),
        IdCause.OtherHash => "The list holds hashes, but not plain ones of the population's ids: ask for the salt, or what was hashed.",
        IdCause.HashUnknown => "Nobody has the other hashes: it may be another salt, another spelling of what was hashed, or other users.",
        IdCause.AlreadyHashed => "The population's ids look like such hashes themselves: set no hash function, and they are compared as they are.",
        IdCause.OtherFunction => "Both look like hashes, but of other functions: ask for ids that are hashed as the population's are.",
        IdCause.EmailAddresses => "These look like e-mail addresses, and the population's ids do not: write for each the id that the same user has in the population.",
        IdCause.PhoneNumbers => "These look like phone numbers, and the population's ids do not: write for each the id that the same user has in the population.",
        IdCause.OtherUsers => "They are written alike, so it may be another population, or users who came after it was made.",
        _ => "Nothing that was tried makes them alike: it may be another kind of id.",
    };

    /// <summary>What is worth knowing about lists that can be used, in one line; empty where there is nothing.</summary>
    public static string Warnings(SeedCheckResult check)
    {
        var warnings = new List<string>();
        if (check.Lists.FirstOrDefault(list => list.Verdict == ListVerdict.TooBroad) is { } broad)
        {
            warnings.Add(FormattableString.Invariant($"{broad.SeedListId} holds {broad.ShareOfPopulation:0.#%} of the users{Others(check.Lists.Count(list => list.Verdict == ListVerdict.TooBroad) - 1)}: who is like nearly everybody is nobody in particular."));
        }

        if (check.Lists.FirstOrDefault(list => list.SameAs is not null) is { } same)
        {
            warnings.Add($"{same.SeedListId} has the same users as {same.SameAs}{Others(check.Lists.Count(list => list.SameAs is not null) - 1)}.");
        }
        else if (check.Pairs is [{ ShareOfSmaller: >= 0.5 } pair, ..])
        {
            warnings.Add(FormattableString.Invariant($"{check.Lists[pair.First].SeedListId} and {check.Lists[pair.Second].SeedListId} share {pair.Shared:N0} users, {pair.ShareOfSmaller:0%} of the smaller list."));
        }

        return string.Join(' ', warnings);
    }

    private static string Others(int count) => count == 0 ? "" : FormattableString.Invariant($" (and {count:N0} lists more)");

    private static string Looks(IdDiagnosis diagnosis) => diagnosis.ListShape is null ? ""
        : $"The others look like {diagnosis.ListShape}, the population's like {diagnosis.PopulationShape}. ";

    private static string Mended(IdDiagnosis diagnosis, string how, string advice) =>
        FormattableString.Invariant($"{diagnosis.Explained:N0} of {diagnosis.Tried:N0} that were tried match once {how}. {advice}");
}

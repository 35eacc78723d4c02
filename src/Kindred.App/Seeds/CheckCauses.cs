using Kindred.Ids;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Seeds;

/// <summary>The reason why users of lists do not match, in one line; a cause that many lists share is reported once.</summary>
/// <param name="Text">The line.</param>
/// <param name="Lists">The number of lists with this cause.</param>
/// <param name="Cause">The likely cause; null if there is none.</param>
public sealed record CheckCauses(string Text, int Lists, IdCause? Cause)
{
    /// <summary>The normalisation of ids that mends the cause, alone or before hashing.</summary>
    public IdForms Normalization { get; init; }

    // Up to this many lists with one cause are reported one by one.
    private const int MostAlone = 3;

    /// <summary>Creates the lines: shared causes first, then single lists in order.</summary>
    /// <param name="lists">Lists with few matching users.</param>
    /// <param name="all">The number of all lists.</param>
    public static IReadOnlyList<CheckCauses> Of(IReadOnlyList<ListCheck> lists, int all)
    {
        var shared =
            lists.Where(list => list.Diagnosis is not null).GroupBy(list => list.Diagnosis!.Cause).Where(group => group.Count() > MostAlone)
            .ToDictionary(group => group.Key, group => group.ToArray());
        return
        [
            .. shared.Values.OrderByDescending(group => group.Length).Select(group => Shared(group, all)),
            .. lists.Where(list => list.Diagnosis is null || !shared.ContainsKey(list.Diagnosis.Cause))
                .Select(list =>
                    new CheckCauses($"{list.SeedListId}: {SeedWords.FewMatch(list.Matched, list.Given, list.Diagnosis)}", 1,
                        list.Diagnosis?.Cause) { Normalization = list.Diagnosis?.Normalization ?? IdForms.None }),
        ];
    }

    private static CheckCauses Shared(ListCheck[] group, int all)
    {
        IdDiagnosis[] diagnoses = [.. group.Select(list => list.Diagnosis!)];

        // The shape of ids is mentioned only if all lists share it.
        var shape = diagnoses.Select(diagnosis => diagnosis.ListShape).Distinct().Count() == 1 ? diagnoses[0].ListShape : null;
        var together = new IdDiagnosis(
            diagnoses[0].Cause, diagnoses.Sum(diagnosis => diagnosis.Tried), diagnoses.Sum(diagnosis => diagnosis.Explained), shape,
            diagnoses[0].PopulationShape)
        {
            Normalization = diagnoses.Aggregate(IdForms.None, (forms, diagnosis) => forms | diagnosis.Normalization),
        };
        var which = group.Length == all
            ? FormattableString.Invariant($"All {all:N0} lists")
            : FormattableString.Invariant($"{group.Length:N0} of {all:N0} lists");
        return new CheckCauses(
            $"{which}: {SeedWords.FewMatch(group.Sum(list => (long)list.Matched), group.Sum(list => (long)list.Given), together)}",
            group.Length, together.Cause)
        {
            Normalization = together.Normalization,
        };
    }
}

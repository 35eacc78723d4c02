using System.IO.Hashing;
using Kindred.Populations;

namespace Kindred.Ids;

/// <summary>Ids that are probably of one user, written in several ways: Ann@x.org and ann@x.org, 17 and 17.0.</summary>
/// <param name="Ids">All ids.</param>
/// <param name="Normalised">The number of ids that would be left if they were written in one way.</param>
/// <param name="Forms">The differences that have to be removed for that.</param>
/// <param name="ByForm">For each of these differences, the number of ids that equal another one if it alone is removed.</param>
public sealed record IdVariants(int Ids, int Normalised, IdForms Forms, IReadOnlyList<(IdForms Form, int Ids)> ByForm)
{
    private static readonly IdForms[] _tried = [IdForms.Lower, IdForms.Nfc, IdForms.Digits];

    /// <summary>Looks for such ids.</summary>
    /// <param name="ids">Distinct ids without white space around them.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Null if there are none.</returns>
    public static IdVariants? Find(IdList ids, CancellationToken cancellation = default)
    {
        var groups = Groups(ids, cancellation);
        if (groups.Count == 0) return null;
        var all = _tried.Aggregate(IdForms.None, (forms, form) => forms | form);
        var forms = all;
        foreach (var form in _tried)
        {
            if (Removed(ids, groups, forms & ~form) == Removed(ids, groups, all)) forms &= ~form;
        }

        return new IdVariants(ids.Count, ids.Count - Removed(ids, groups, all), forms,
            [.. _tried.Where(form => forms.HasFlag(form)).Select(form => (form, Alike(ids, groups, form)))]);
    }

    /// <summary>Groups of ids that are equal in one form, by the hashes of that form.</summary>
    private static List<int[]> Groups(IdList ids, CancellationToken cancellation)
    {
        var normal = new IdNormalization(IdForms.Lower | IdForms.Nfc | IdForms.Digits);
        var hashes = new ulong[ids.Count];
        var places = new int[ids.Count];
        var buffer = new byte[256];
        for (var i = 0; i < hashes.Length; i++)
        {
            if (i % 65_536 == 0) cancellation.ThrowIfCancellationRequested();
            hashes[i] = XxHash3.HashToUInt64(normal.Apply(ids[i], ref buffer));
            places[i] = i;
        }

        Array.Sort(hashes, places);
        var groups = new List<int[]>();
        for (int start = 0, end; start < hashes.Length; start = end)
        {
            end = start + 1;
            while (end < hashes.Length && hashes[end] == hashes[start]) end++;
            if (end - start > 1) groups.Add(places[start..end]);
        }

        return groups;
    }

    private static int Removed(IdList ids, List<int[]> groups, IdForms forms) =>
        groups.Sum(group => group.Length - Written(ids, group, forms).Count());

    private static int Alike(IdList ids, List<int[]> groups, IdForms form) =>
        groups.Sum(group => Written(ids, group, form).Where(written => written.Count() > 1).Sum(written => written.Count()));

    private static IEnumerable<IGrouping<string, int>> Written(IdList ids, int[] group, IdForms forms)
    {
        var normal = new IdNormalization(forms);
        return group.GroupBy(place =>
        {
            var buffer = new byte[256];
            return System.Text.Encoding.UTF8.GetString(normal.Apply(ids[place], ref buffer));
        }, StringComparer.Ordinal);
    }
}

namespace Kindred.Experiments;

/// <summary>Finds arms that are probably one arm whose name is written in several ways.</summary>
public static class ArmNames
{
    /// <summary>Tells whether two different names differ only in case or white space.</summary>
    public static bool AreAlike(string one, string other) => one != other && Plain(one) == Plain(other);

    /// <summary>The names that differ only in case or white space, quoted, as in 'control' and 'Control'; empty without any.</summary>
    internal static string Alike(IReadOnlyList<string> names) => string.Join("; ", names
        .GroupBy(Plain, StringComparer.Ordinal).Where(group => group.Count() > 1)
        .Select(group => string.Join(" and ", group.Select(name => $"'{name}'"))));

    private static string Plain(string name) => string.Concat(name.Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
}

namespace Kindred.Worlds;

/// <summary>The countries that a world can have.</summary>
internal static class WorldCountries
{
    /// <summary>Maximum countries of a world.</summary>
    public const int Most = 20;

    /// <summary>ISO 3166 codes, the largest country first.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        ["DE", "RO", "HU", "PL", "CZ", "AT", "NL", "BE", "SE", "PT", "GR", "BG", "DK", "FI", "SK", "IE", "HR", "LT", "SI", "LV"];

    /// <summary>Relative sizes by a power law: about 51, 28 and 20% for three.</summary>
    public static double[] Sizes(int count)
    {
        var sizes = new double[count];
        for (var i = 0; i < count; i++) sizes[i] = Math.Pow(i + 1, -0.85);
        return sizes;
    }
}

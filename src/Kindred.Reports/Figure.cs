using System.Globalization;

namespace Kindred.Reports;

/// <summary>Formats numbers for readers, the same on every machine.</summary>
public static class Figure
{
    /// <summary>The placeholder for a missing number.</summary>
    public const string None = "–";

    // Non-breaking spaces keep a number and its error on one line.
    private const string PlusMinus = "\u00A0±\u00A0";

    /// <summary>A whole number with thousands separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1 seed list, or 1,234 seed lists.</summary>
    public static string SeedLists(int count) => count == 1 ? "1 seed list" : $"{Count(count)} seed lists";

    /// <summary>a, b and c.</summary>
    public static string Enumerated(IReadOnlyList<string> parts) => parts.Count < 2
        ? string.Concat(parts)
        : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";

    /// <summary>A number with fixed decimals.</summary>
    public static string Fixed(double value, int decimals) =>
        double.IsFinite(value)
            ? Signed(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            : None;

    /// <summary>A share in percent, with one decimal.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? Fixed(100 * share, 1) + "%" : None;

    /// <summary>A share in percent with as many decimals as needed: 1%, 2.5%.</summary>
    public static string ShortPercent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>An estimate with its standard error, in three decimals.</summary>
    public static string WithError(Estimate estimate) => double.IsFinite(estimate.StandardError)
        ? $"{Fixed(estimate.Mean, 3)}{PlusMinus}{Fixed(estimate.StandardError, 3)}"
        : Fixed(estimate.Mean, 3);

    /// <summary>An estimate of a share with its standard error, in percent.</summary>
    public static string PercentWithError(Estimate estimate) => double.IsFinite(estimate.StandardError)
        ? $"{Fixed(100 * estimate.Mean, 1)}%{PlusMinus}{Fixed(100 * estimate.StandardError, 1)}"
        : Percent(estimate.Mean);

    /// <summary>A tick of an axis: short, with k and M for thousands and millions.</summary>
    public static string Tick(double value) => Math.Abs(value) switch
    {
        >= 1e6 => (value / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + "M",
        >= 1e3 => (value / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + "k",
        _ => Signed(value.ToString("0.######", CultureInfo.InvariantCulture)),
    };

    // The typographic minus sign, as wide as the plus.
    private static string Signed(string number) => number.Replace('-', '−');
}

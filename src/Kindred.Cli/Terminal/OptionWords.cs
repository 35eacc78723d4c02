using System.Globalization;
using Kindred.Ids;

namespace Kindred.Cli.Terminal;

/// <summary>Formats notes: what the library names in neutral words becomes the option that asks for it.</summary>
internal sealed class OptionWords : IFormatProvider, ICustomFormatter
{
    /// <inheritdoc/>
    public object? GetFormat(Type? formatType) =>
        formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType!);

    /// <inheritdoc/>
    public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
    {
        IdNormalization ids => $"--normalize-ids {ids}",
        IFormattable number => number.ToString(format, CultureInfo.InvariantCulture),
        _ => arg?.ToString() ?? "",
    };
}

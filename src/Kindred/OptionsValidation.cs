using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;

namespace Kindred;

/// <summary>Checks options against the ranges that their attributes state.</summary>
public static class OptionsValidation
{
    /// <summary>Throws if a value is out of its range; the message names the option, the value and the rule.</summary>
    /// <exception cref="KindredException">An option is out of range.</exception>
    public static void Require(object options)
    {
        if (First(options) is not { } first) return;
        throw new KindredException(ErrorKind.Usage, "option_out_of_range",
            $"The option '{Snake(first.Name).Replace('_', ' ')}' is {Text(first.Value)}; {first.Rule}", "")
        {
            Values = new Dictionary<string, object?>
            {
                ["option"] = Snake(first.Name),
                ["value"] = first.Value,
                ["minimum"] = first.Range?.Minimum,
                ["maximum"] = first.Range?.Maximum,
                ["rule"] = first.Rule,
            },
        };
    }

    /// <summary>The first value that is out of its range.</summary>
    /// <returns>The property's name, and what is wrong with it, as in "is 0; it must be from 1 to 5."; null if nothing is.</returns>
    public static (string Name, string Problem)? FirstProblem(object options) =>
        First(options) is { } first ? (first.Name, $"is {Text(first.Value)}; {first.Rule}") : null;

    /// <summary>A bound of a range as people read it: whole numbers with thousands separators.</summary>
    /// <param name="bound">A number.</param>
    public static string Bound(object bound)
    {
        var number = Convert.ToDouble(bound, CultureInfo.InvariantCulture);
        return Math.Abs(number) is >= 1000 and < 1e15 && number == Math.Floor(number)
            ? number.ToString("N0", CultureInfo.InvariantCulture)
            : Text(bound);
    }

    private static Broken? First(object options)
    {
        var errors = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true)) return null;

        var name = errors[0].MemberNames.First();
        var property = options.GetType().GetProperty(name)!;
        var range = property.GetCustomAttributes(typeof(RangeAttribute), true).OfType<RangeAttribute>().FirstOrDefault();
        var rule = range is null ? errors[0].ErrorMessage! : $"it must be from {Bound(range.Minimum)} to {Bound(range.Maximum)}.";
        return new Broken(name, property.GetValue(options), range, rule);
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>An option that breaks its rule.</summary>
    private sealed record Broken(string Name, object? Value, RangeAttribute? Range, string Rule);
}

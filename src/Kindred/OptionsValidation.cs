using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;

namespace Kindred;

/// <summary>Checks options against the ranges that their attributes state.</summary>
public static class OptionsValidation
{
    /// <summary>Throws if a value is out of its range; the message names the option as the command line does, the value and the rule.</summary>
    /// <exception cref="KindredException">An option is out of range.</exception>
    public static void Require(object options)
    {
        if (FirstProblem(options) is ({ } name, { } problem)) throw new KindredException(ErrorKind.Usage, $"{Kebab(name)} {problem} See --help for what it does.");
    }

    /// <summary>The first value that is out of its range.</summary>
    /// <returns>The property's name, and what is wrong with it, as in "is 0; it must be from 1 to 5."; null if nothing is.</returns>
    public static (string Name, string Problem)? FirstProblem(object options)
    {
        var errors = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true)) return null;

        var name = errors[0].MemberNames.First();
        var property = options.GetType().GetProperty(name)!;
        var rule = property.GetCustomAttributes(typeof(RangeAttribute), true).OfType<RangeAttribute>().FirstOrDefault();
        var allowed = rule is null
            ? errors[0].ErrorMessage
            : string.Create(CultureInfo.InvariantCulture, $"it must be from {Bound(rule.Minimum)} to {Bound(rule.Maximum)}.");
        return (name, string.Create(CultureInfo.InvariantCulture, $"is {property.GetValue(options)}; {allowed}"));
    }

    /// <summary>A bound of a range as people read it: whole numbers with thousands separators.</summary>
    /// <param name="bound">A number.</param>
    public static string Bound(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture) is var number && Math.Abs(number) is >= 1000 and < 1e15 && number == Math.Floor(number)
        ? number.ToString("N0", CultureInfo.InvariantCulture) : Convert.ToString(bound, CultureInfo.InvariantCulture)!;

    private static string Kebab(string name)
    {
        var text = new StringBuilder("-");
        foreach (var letter in name)
        {
            if (char.IsUpper(letter)) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

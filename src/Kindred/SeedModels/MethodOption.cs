using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Kindred.SeedModels;

/// <summary>An option of a method, as the command line, settings files and manifests describe it.</summary>
/// <param name="Name">The name in snake_case, such as <c>hidden_units</c>.</param>
/// <param name="Kind">The type of its values.</param>
public sealed record MethodOption(string Name, MethodOptionKind Kind)
{
    /// <summary>A description of one or two sentences.</summary>
    public required string Description { get; init; }

    /// <summary>The unit of a number, such as <c>users</c>; null if it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>The default value; null if the method chooses one itself.</summary>
    public object? Default { get; init; }

    /// <summary>The minimum of a number.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The maximum of a number.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The values of a choice, the default first.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The value that another option must have for this one to have an effect; null if there is no such condition.</summary>
    public (MethodOption Option, string Value)? OnlyWith { get; init; }

    /// <summary>An example value, for options without a default.</summary>
    public object? Example { get; init; }

    /// <summary>Describes a property of an options class, from which name, kind, default and range are taken.</summary>
    /// <typeparam name="T">An options class with ranges on its properties.</typeparam>
    /// <param name="property">The property: an <see cref="int"/>, a <see cref="double"/> or a <see cref="bool"/>.</param>
    /// <param name="description">The description.</param>
    /// <param name="unit">The unit of a number.</param>
    public static MethodOption Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string property, string description, string? unit = null)
        where T : new()
    {
        var info = typeof(T).GetProperty(property)
            ?? throw new ArgumentException($"{typeof(T).Name} has no property '{property}'.", nameof(property));
        var type = Nullable.GetUnderlyingType(info.PropertyType) ?? info.PropertyType;
        var kind = type == typeof(int) ? MethodOptionKind.WholeNumber
            : type == typeof(double) ? MethodOptionKind.Number
            : type == typeof(bool) ? MethodOptionKind.Flag
            : throw new ArgumentException($"{typeof(T).Name}.{property} is a {type.Name}.", nameof(property));
        var range = info.GetCustomAttribute<RangeAttribute>();
        return new MethodOption(JsonNamingPolicy.SnakeCaseLower.ConvertName(property), kind)
        {
            Description = description,
            Unit = unit,
            Default = info.GetValue(new T()),
            Minimum = range is null ? double.NegativeInfinity : Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture),
            Maximum = range is null ? double.PositiveInfinity : Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Parses a value as users write it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value, in its range or not; null if the text is not a value of this kind.</returns>
    public object? Parse(string text) => Kind switch
    {
        MethodOptionKind.WholeNumber => int.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole) ? whole : null,
        MethodOptionKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        MethodOptionKind.Flag => bool.TryParse(text, out var flag) ? flag : null,
        _ => text,
    };

    /// <summary>Formats a value as text that <see cref="Parse"/> reads back with the same bits.</summary>
    /// <param name="value">A value of this kind.</param>
    public string Format(object value) =>
        value is bool flag ? (flag ? "true" : "false") : ((IConvertible)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The problem of a value, such as "is 0; it must be from 1 to 1,000."; null if it is valid.</summary>
    /// <param name="value">A value of this kind.</param>
    public string? Problem(object value)
    {
        if (Kind == MethodOptionKind.Choice)
        {
            return Choices.Contains((string)value) ? null
                : $"is '{value}'; it must be {string.Join(", ", Choices.SkipLast(1))} or {Choices[^1]}.";
        }

        if (Kind == MethodOptionKind.Flag
            || (Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number >= Minimum && number <= Maximum))
        {
            return null;
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"is {value}; it must be from {OptionsValidation.Bound(Minimum)} to {OptionsValidation.Bound(Maximum)}.");
    }
}

using System.CommandLine;
using Kindred.Catalog;
using Kindred.Cli.Shell;
using Kindred.SeedModels;

namespace Kindred.Cli.Commands;

/// <summary>The options of methods, as their descriptors state them.</summary>
internal static class MethodOptions
{
    private static readonly (MethodOption Option, Option Typed, Func<ParseResult, object?> Value)[] _all =
        [.. Methods.All.Options.Select(Typed)];

    /// <summary>The options of all methods.</summary>
    public static IEnumerable<Option> All => _all.Select(option => option.Typed);

    /// <summary>Throws if an option was given that none of the methods has.</summary>
    /// <exception cref="KindredException">Such an option was given.</exception>
    public static void RefuseOthers(ParseResult parsed, IReadOnlyList<MethodDescriptor> methods, string reason) =>
        CommonOptions.Refuse(parsed,
            _all.Where(option => !methods.Any(method => method.Options.Contains(option.Option))).Select(option => option.Typed), reason);

    /// <summary>Reads the given values.</summary>
    /// <exception cref="KindredException">A value is out of range, or the values are inconsistent.</exception>
    public static IReadOnlyDictionary<string, object> ValuesOf(ParseResult parsed)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (option, typed, read) in _all)
        {
            if (parsed.GetResult(typed) is not { Implicit: false } || read(parsed) is not { } value) continue;
            if (option.Problem(value) is { } problem)
            {
                throw new UsageException($"{typed.Name} {problem} See --help for what it does.");
            }

            values[option.Name] = value;
        }

        foreach (var (option, typed, _) in _all)
        {
            if (option.OnlyWith is not var (other, needed) || Equals(values.GetValueOrDefault(other.Name, other.Default!), needed))
            {
                continue;
            }

            CommonOptions.Refuse(parsed, [typed], $"it is read only with {NameOf(other)} {needed}.");
        }

        var settings = new MethodSettings { Values = values };
        foreach (var method in Methods.All.All) method.Check?.Invoke(settings);
        return values;
    }

    /// <summary>Creates the command-line option of a method option.</summary>
    public static string NameOf(string option) => "--" + option.Replace('_', '-');

    private static string NameOf(MethodOption option) => NameOf(option.Name);

    private static (MethodOption, Option, Func<ParseResult, object?>) Typed(MethodOption option)
    {
        var name = NameOf(option);
        switch (option.Kind)
        {
            case MethodOptionKind.Choice:
                var choice = CommonOptions.Choice(name, option.Description, [.. option.Choices]);
                return (option, choice, parsed => parsed.GetValue(choice));
            case MethodOptionKind.Flag:
                var flag = new Option<bool>(name) { Description = option.Description };
                return (option, flag, parsed => parsed.GetValue(flag));
            case MethodOptionKind.WholeNumber:
                var whole = CommonOptions.Number(name, option.Description, (int?)option.Default, (int)(option.Default ?? option.Example)!);
                return (option, whole, parsed => parsed.GetValue(whole));
            default:
                var number =
                    CommonOptions.Number(name, option.Description, (double?)option.Default, (double)(option.Default ?? option.Example)!);
                if (option.Default is null && option.Unit is { } unit) number.HelpName = unit.ToUpperInvariant();
                return (option, number, parsed => parsed.GetValue(number));
        }
    }
}

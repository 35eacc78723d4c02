using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Kindred.SeedModels;

/// <summary>The settings that a method is created with: those that all methods share, and values of its options.</summary>
public sealed record MethodSettings
{
    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    /// <value>Users. Default 25.</value>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of everything random.</summary>
    /// <value>Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>Option values by name; a missing option has its default. A method reads its own options only.</summary>
    public IReadOnlyDictionary<string, object> Values { get; init; } = new Dictionary<string, object>();

    /// <summary>Supplies the population's tuning to methods that need it (<see cref="MethodDescriptor.NeedsTuning"/>).</summary>
    [JsonIgnore]
    public Func<TuningChoice>? Tuning { get; init; }

    /// <summary>Reads option values as files store them: the texts of <see cref="MethodOption.Format"/>.</summary>
    /// <param name="options">The options to read; texts of other options are ignored.</param>
    /// <param name="texts">Texts by option name.</param>
    /// <exception cref="KindredException">A text is not a value of its option.</exception>
    public static IReadOnlyDictionary<string, object> Parse(IEnumerable<MethodOption> options, IReadOnlyDictionary<string, string> texts)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (!texts.TryGetValue(option.Name, out var text)) continue;
            values[option.Name] = option.Parse(text) ?? throw new KindredException(ErrorKind.Usage, "method_option_wrong",
                $"The method option '{option.Name}' is '{text}', which is not a value of its type.",
                (option.Default ?? option.Example) is { } example ? $"Give it a value such as {option.Format(example)}." : "")
            {
                Values = new Dictionary<string, object?> { ["option"] = option.Name, ["value"] = text },
            };
        }

        return values;
    }

    /// <summary>The value of an option: the one in <see cref="Values"/>, or its default.</summary>
    /// <typeparam name="T">The option's type: see <see cref="MethodOptionKind"/>.</typeparam>
    public T Get<T>(MethodOption option)
        where T : notnull => (T)(Values.TryGetValue(option.Name, out var value) ? value : option.Default
        ?? throw new InvalidOperationException($"Option '{option.Name}' has neither a value nor a default."));

    /// <summary>The value of an option, if it has one: the one in <see cref="Values"/>, or its default.</summary>
    /// <typeparam name="T">The option's type: see <see cref="MethodOptionKind"/>, or <see cref="object"/>.</typeparam>
    public bool TryGet<T>(MethodOption option, [NotNullWhen(true)] out T? value)
        where T : notnull
    {
        var found = Values.TryGetValue(option.Name, out var given) ? given : option.Default;
        value = found is T typed ? typed : default;
        return found is T;
    }
}

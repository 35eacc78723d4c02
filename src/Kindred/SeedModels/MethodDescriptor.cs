using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>Describes a method: everything that commands, settings files, stores and tuning need to know about it.</summary>
public sealed record MethodDescriptor
{
    /// <summary>The name that selects it. Stores keep the name, so it must never change.</summary>
    public required string Name { get; init; }

    /// <summary>A one-line description.</summary>
    public required string Summary { get; init; }

    /// <summary>The inputs of a user that it reads, which a population must have; null if they depend on the tuning's choice.</summary>
    public required UserInputs? Reads { get; init; }

    /// <summary>Creates the method. The list supplies the parts of methods that combine others.</summary>
    public required Func<MethodSettings, MethodList, IMethod> Create { get; init; }

    /// <summary>True if it learns from a seed list. Other methods are baselines and have no models.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>True if it scores every user (<see cref="IExpansionMethod"/>); false if it chooses sets of users
    /// (<see cref="ISetMethod"/>).</summary>
    public bool ScoresUsers { get; init; } = true;

    /// <summary>True if its models can be trained and stored.</summary>
    public bool HasModels => IsTrained && ScoresUsers;

    /// <summary>Its options, in the order of help texts.</summary>
    public IReadOnlyList<MethodOption> Options { get; init; } = [];

    /// <summary>Throws if values that are valid one by one do not fit each other; null if they always do.</summary>
    public Action<MethodSettings>? Check { get; init; }

    /// <summary>The settings that a manifest of models records, in this order; null to record every option that has a value.</summary>
    public Func<MethodSettings, IEnumerable<KeyValuePair<string, string>>>? Record { get; init; }

    /// <summary>The kinds of scorers that it stores.</summary>
    public IReadOnlyList<ScorerFormat> Scorers { get; init; } = [];

    /// <summary>True if its training can start from a list's previous model (<see cref="IWarmStart"/>).</summary>
    public bool StartsFromPreviousModel { get; init; }

    /// <summary>True if it can only be created with the population's tuning: <see cref="MethodSettings.Tuning"/>.</summary>
    public bool NeedsTuning { get; init; }

    /// <summary>True if it takes many times as long as other methods: a comparison of all methods leaves it out unless it is
    /// named.</summary>
    public bool IsSlow { get; init; }

    /// <summary>The variants that tuning tries.</summary>
    public IReadOnlyList<TuningVariant> Variants { get; init; } = [];

    /// <summary>The position of its variants: tuning tries lower numbers first, and prefers the earlier of two variants that are equally
    /// good.</summary>
    public int TuningOrder { get; init; } = 1;

    /// <summary>Throws unless a method can be created with these settings.</summary>
    /// <param name="settings">The settings; values of other methods' options are not read.</param>
    /// <exception cref="KindredException">A value is out of its range, has no effect, or does not fit the others.</exception>
    public void Require(MethodSettings settings)
    {
        foreach (var option in Options)
        {
            if (!settings.Values.TryGetValue(option.Name, out var value)) continue;
            if (option.Problem(value) is { } problem)
            {
                throw Wrong(option, value, $"The method option '{option.Name}' {problem}", "Give it a value in its range.");
            }
            if (option.OnlyWith is var (other, needed) && !Equals(settings.TryGet<object>(other, out var given) ? given : null, needed))
            {
                throw Wrong(option, value,
                    $"The method option '{option.Name}' has no effect: it is read only where '{other.Name}' is '{needed}'.",
                    $"Leave it out, or set '{other.Name}' to '{needed}'.");
            }
        }

        Check?.Invoke(settings);
    }

    /// <summary>The settings that a manifest of models records.</summary>
    /// <param name="settings">The settings that the models are trained with.</param>
    public IEnumerable<KeyValuePair<string, string>> Recorded(MethodSettings settings) => Record is not null
        ? Record(settings)
        : Options.Select(option => (Option: option, Value: settings.TryGet<object>(option, out var value) ? value : null))
            .Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Option.Name, pair.Option.Format(pair.Value!)));

    private static KindredException Wrong(MethodOption option, object value, string problem, string remedy) =>
        new(ErrorKind.Usage, "method_option_wrong", problem, remedy)
        {
            Values = new Dictionary<string, object?> { ["option"] = option.Name, ["value"] = option.Format(value) },
        };
}

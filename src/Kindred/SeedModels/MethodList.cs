using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>Methods by name, with their options, stored scorers and tuning variants.</summary>
public sealed class MethodList
{
    private readonly Dictionary<string, MethodDescriptor> _byName;
    private readonly Dictionary<string, ScorerFormat> _scorers = new(StringComparer.Ordinal);

    /// <summary>Creates a list of methods, the default first.</summary>
    /// <param name="methods">Methods with distinct names.</param>
    /// <exception cref="ArgumentException">Two methods share a name, or describe an option or a kind of scorer differently.</exception>
    public MethodList(IEnumerable<MethodDescriptor> methods)
    {
        All = [.. methods];
        _byName = All.ToDictionary(method => method.Name, StringComparer.Ordinal);
        Names = [.. All.Select(method => method.Name)];
        Options = Distinct(All.SelectMany(method => method.Options), option => option.Name);
        foreach (var scorer in Distinct(All.SelectMany(method => method.Scorers), scorer => scorer.Kind)) _scorers.Add(scorer.Kind, scorer);
        Variants = Distinct(All.OrderBy(method => method.TuningOrder).SelectMany(method => method.Variants), variant => variant.Id);
    }

    /// <summary>All methods, the default first.</summary>
    public IReadOnlyList<MethodDescriptor> All { get; }

    /// <summary>Their names, in the same order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name of the default method.</summary>
    public string Default => Names[0];

    /// <summary>The options of all methods, each once.</summary>
    public IReadOnlyList<MethodOption> Options { get; }

    /// <summary>The variants of all methods that tuning tries, in their order.</summary>
    public IReadOnlyList<TuningVariant> Variants { get; }

    /// <summary>Returns this list with another method at its end.</summary>
    /// <param name="method">The method.</param>
    public MethodList With(MethodDescriptor method) => new([.. All, method]);

    /// <summary>A method by its name; null if there is none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public MethodDescriptor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A method by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KindredException">There is no such method.</exception>
    public MethodDescriptor Get(string name) => Find(name) ?? throw new KindredException(ErrorKind.Usage, "method_unknown",
        $"There is no method '{name}'.", $"Known are {string.Join(", ", Names)}.")
    {
        Values = new Dictionary<string, object?> { ["method"] = name },
    };

    /// <summary>Creates a method.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">Its settings; values of other methods' options are not read.</param>
    /// <exception cref="KindredException">There is no such method, or it cannot be created with these settings.</exception>
    public IMethod Create(string name, MethodSettings settings)
    {
        var method = Get(name);
        method.Require(settings);
        return method.Create(settings, this);
    }

    /// <summary>A variant by its id.</summary>
    /// <exception cref="KindredException">There is no such variant: another version wrote the tuning.</exception>
    public TuningVariant Variant(string id) => Variants.FirstOrDefault(variant => variant.Id == id)
        ?? throw new KindredException(ErrorKind.BadInput, "tuning_method_unknown",
            $"The population's tuning uses '{id}', which this version does not know.", "Tune the population again.")
        {
            Values = new Dictionary<string, object?> { ["id"] = id },
        };

    /// <summary>Restores a scorer from its stored parameters, with the same bits.</summary>
    /// <param name="parameters">The result of <see cref="IStoredScorer.Parameters"/>.</param>
    /// <exception cref="KindredException">There is no such kind, or a parameter is missing.</exception>
    public IStoredScorer ReadScorer(ScorerParameters parameters) => _scorers.TryGetValue(parameters.Kind, out var format)
        ? format.Read(parameters, ReadScorer)
        : throw new KindredException(ErrorKind.Corrupt, "scorer_kind_unknown",
            $"There is no scorer of kind '{parameters.Kind}': the models were written by a newer version, or are damaged.",
            "Train the models again.")
        {
            Values = new Dictionary<string, object?> { ["kind"] = parameters.Kind },
        };

    /// <summary>True if a kind of scorer holds embeddings or items of single seed users (<see cref="ScorerFormat.HoldsSeeds"/>), or is
    /// not known.</summary>
    /// <param name="kind">The kind that <see cref="ScorerParameters.Kind"/> names; of a scorer that combines others, ask for each.</param>
    public bool HoldsSeeds(string kind) => _scorers.GetValueOrDefault(kind) is not { HoldsSeeds: false };

    private static T[] Distinct<T>(IEnumerable<T> items, Func<T, string> name)
        where T : notnull
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        var order = new List<T>();
        foreach (var item in items)
        {
            if (found.TryAdd(name(item), item)) order.Add(item);
            else if (!ReferenceEquals(found[name(item)], item))
            {
                throw new ArgumentException($"Two methods describe '{name(item)}' differently.");
            }
        }

        return [.. order];
    }
}

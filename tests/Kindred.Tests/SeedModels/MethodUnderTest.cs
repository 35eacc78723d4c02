using Kindred.LinearModels.Ridge;
using Kindred.Networks.Mlp;
using Kindred.SeedModels;
using Kindred.Similarity.Jaccard;
using Kindred.Similarity.Lsh;
using Kindred.Similarity.Nearest;
using Kindred.Tests.Toy;

namespace Kindred.Tests.SeedModels;

/// <summary>A method with settings for <see cref="MethodContractTests"/>, so that all of its code runs on a few hundred users.</summary>
internal sealed record MethodUnderTest(MethodDescriptor Descriptor, Func<IExpansionMethod> Create)
{
    // Methods that cannot use their default options on so few users.
    private static readonly Dictionary<string, Func<IExpansionMethod>> _small = new(StringComparer.Ordinal)
    {
        ["mlp"] = () => new MlpMethod(new MlpOptions { HiddenUnits = 16, HiddenFrom = 0, HiddenRegularization = 0.1, Epochs = 3, Patience = 3, LearningRate = 0.02 }),
        ["ridge"] = () => new RidgeMethod(new RidgeOptions { Regularization = 10, PopularityExponent = 0.15 }),
        ["jaccard"] = () => new JaccardMethod(new JaccardOptions { MaxSeeds = 60 }),
        ["lsh"] = () => new LshMethod(new LshOptions { Tables = 20 }),
        ["nearest"] = () => new NearestMethod(new NearestOptions { MaxSeeds = 60 }),
    };

    private static readonly string[] _nameMatters = ["mlp", "nearest", "random"];

    /// <summary>The methods of Kindred and one added method.</summary>
    public static MethodList Methods { get; } = Kindred.Catalog.Methods.All.With(ToyDescriptor.Value);

    /// <summary>Every method that scores users, by name. A new method needs no entry here.</summary>
    public static IReadOnlyDictionary<string, MethodUnderTest> All { get; } = Methods.All.Where(method => method.ScoresUsers).Select(Of)
        .ToDictionary(method => method.Descriptor.Name);

    /// <summary>True if it learns from the seed list. Such a method can be stored, refuses small lists and is better than chance.</summary>
    public bool Learns => Descriptor.IsTrained;

    /// <summary>True if it uses random numbers keyed by the list's name.</summary>
    public bool NameMatters => _nameMatters.Contains(Descriptor.Name);

    private static MethodUnderTest Of(MethodDescriptor method) => new(method, _small.GetValueOrDefault(method.Name) ?? (() =>
        (IExpansionMethod)Methods.Create(method.Name, new MethodSettings { Tuning = Tuned })));

    private static TuningChoice Tuned() => new(false, 100, [new SizeBlend(0, [new("ridge-300", 1), new("linear-2.5", 2)], 9, 1, 9, 0.5)], 0.5, 0.4, 0.01);
}

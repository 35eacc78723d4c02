using Kindred.Catalog;
using Kindred.SeedLists;

namespace Kindred.App.Comparison;

/// <summary>A method as it is compared: with the sample weights that were asked for, or without.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Weights">How much each seed counts.</param>
/// <param name="Suffix">What tells the weighted one from the plain one in its name; empty where there is one only.</param>
internal sealed record MethodVariant(string Name, SampleWeightOptions Weights, string Suffix = "")
{
    /// <summary>Behind the name of a method that is weighted, where the plain one stands beside it.</summary>
    public const string Weighted = "-weighted";

    /// <summary>What it is called.</summary>
    public string Label => Name + Suffix;

    public static IReadOnlyList<MethodVariant> Of(CompareRequest request)
    {
        var weights = request.Evaluate.Seeds.Weights;
        var names = request.Methods.Count > 0 ? request.Methods : Methods.All.Names;
        return request.BothWeightings
            ? [.. names.SelectMany(name => !Methods.All.Get(name).IsTrained
                ? (MethodVariant[])[new MethodVariant(name, new SampleWeightOptions())]
                : [new MethodVariant(name, new SampleWeightOptions()), new MethodVariant(name, weights, Weighted)])]
            : [.. names.Select(name => new MethodVariant(name, weights))];
    }
}

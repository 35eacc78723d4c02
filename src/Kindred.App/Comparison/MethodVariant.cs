using Kindred.Catalog;
using Kindred.SeedLists;

namespace Kindred.App.Comparison;

/// <summary>A method as it is compared: with the requested sample weights, or without.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Weights">The sample weights of the seeds.</param>
/// <param name="Suffix">The part of the label that distinguishes the weighted from the plain variant; empty if there is only one.</param>
internal sealed record MethodVariant(string Name, SampleWeightOptions Weights, string Suffix = "")
{
    /// <summary>The suffix of the weighted variant, if the plain one is compared too.</summary>
    public const string Weighted = "-weighted";

    /// <summary>The label: the name and the suffix.</summary>
    public string Label => Name + Suffix;

    public static IReadOnlyList<MethodVariant> Of(CompareRequest request)
    {
        var weights = request.Evaluate.Seeds.Weights;
        var names = request.Methods.Count > 0 ? request.Methods
            : [.. Methods.All.Names.Where(name => request.IncludeSlow || name == request.Baseline || !Methods.All.Get(name).IsSlow)];
        return request.BothWeightings
            ? [.. names.SelectMany(name => !Methods.All.Get(name).IsTrained
                ? (MethodVariant[])[new MethodVariant(name, new SampleWeightOptions())]
                : [new MethodVariant(name, new SampleWeightOptions()), new MethodVariant(name, weights, Weighted)])]
            : [.. names.Select(name => new MethodVariant(name, weights))];
    }
}

using Kindred.Baselines;
using Kindred.Blends.RoundRobin;
using Kindred.LinearModels.FoldIn;
using Kindred.LinearModels.Regression;
using Kindred.LinearModels.Ridge;
using Kindred.Networks.Linear;
using Kindred.Networks.Mlp;
using Kindred.SeedModels;
using Kindred.Similarity.Centroid;
using Kindred.Similarity.InformationValue;
using Kindred.Similarity.Jaccard;
using Kindred.Similarity.Lsh;
using Kindred.Similarity.Nearest;
using Kindred.Tuning;

namespace Kindred.Catalog;

/// <summary>All methods, one line each. Options, settings files, manifests, stored models, tuning and deletion look methods up
/// here.</summary>
public static class Methods
{
    private static readonly List<MethodDescriptor> _known =
    [
        MlpDescriptor.Value,
        LinearDescriptor.Value,
        FoldInDescriptor.Value,
        RidgeDescriptor.Value,
        RegressionDescriptor.Value,
        InformationValueDescriptor.Value,
        JaccardDescriptor.Value,
        LshDescriptor.Value,
        CentroidDescriptor.Value,
        NearestDescriptor.Value,
        ActivityDescriptor.Value,
        RandomDescriptor.Value,
        RoundRobinDescriptor.Value,
        AutoDescriptor.Value,
    ];

    private static readonly Lazy<MethodList> _all = new(() => new MethodList(_known));

    /// <summary>All methods, the default first.</summary>
    public static MethodList All => _all.Value;

    /// <summary>Adds a custom method, which is then available everywhere.</summary>
    /// <param name="method">The method. Its name and its kinds of scorers are stored: they must never change.</param>
    /// <exception cref="InvalidOperationException">The methods are already in use: add a method before anything else.</exception>
    public static void Add(MethodDescriptor method)
    {
        if (_all.IsValueCreated) throw new InvalidOperationException($"Add method '{method.Name}' before anything uses the methods.");
        _known.Add(method);
    }
}

using Kindred.Scoring;
using Kindred.SeedModels.Blended;
using Kindred.SeedModels.Jaccard;
using Kindred.SeedModels.Lsh;
using Kindred.SeedModels.Mlp;
using Kindred.SeedModels.Nearest;

namespace Kindred.SeedModels;

/// <summary>Makes scorers again from what was kept of them.</summary>
public static class StoredScorers
{
    /// <summary>The scorer of these parameters, with the same bits.</summary>
    /// <exception cref="KindredException">There is no such kind, or something is missing.</exception>
    public static IStoredScorer From(ScorerParameters parameters) => parameters.Kind switch
    {
        NetworkScorer.Kind or NetworkScorer.DeepKind => NetworkScorer.From(parameters),
        ItemWeightsScorer.Kind => ItemWeightsScorer.From(parameters),
        EmbeddingDotScorer.Kind => EmbeddingDotScorer.From(parameters),
        BlendScorer.Kind => BlendScorer.From(parameters),
        JaccardScorer.Kind => JaccardScorer.From(parameters),
        LshScorer.Kind => LshScorer.From(parameters),
        NearestScorer.Kind => NearestScorer.From(parameters),
        _ => throw new KindredException(ErrorKind.Corrupt,
            $"There is no scorer of kind '{parameters.Kind}': the models were written by a newer version, or are damaged. Train them again with `kindred train`."),
    };
}

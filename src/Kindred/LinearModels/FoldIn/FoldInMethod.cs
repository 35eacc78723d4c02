using System.Runtime.CompilerServices;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.LinearModels.FoldIn;

/// <summary>Gives a seed list the embedding that an item with the same users would have, and ranks users by their product with
/// it.</summary>
/// <remarks>
/// w = (α₀UᵀU + Σ c_s u_s u_sᵀ + λ(Σ c_s + α₀N) I)⁻¹ Σ c_s u_s over the N candidates' embeddings u, where c_s are the sample weights: the
/// item step of implicit alternating least squares (Hu, Koren, Volinsky 2008).
/// </remarks>
public sealed class FoldInMethod(FoldInOptions options) : IExpansionMethod
{
    // The Gram matrix of a context's candidates is the same for all lists.
    private readonly ConditionalWeakTable<CandidatePool, Lazy<double[]>> _grams = [];

    /// <inheritdoc/>
    public string Name => "foldin";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(options.MinimumSeeds);
        var (population, pool) = (context.Population, context.Pool);
        var n = population.Dimension;
        var gram = _grams.GetValue(pool, _ => new Lazy<double[]>(() => Gram(population, pool.Users, null))).Value;
        var system = Gram(population, seeds.Users, seedWeights);
        var scale = options.UnobservedWeight * pool.Candidates / pool.Users.Count;
        var ridge = options.Regularization * (seedWeights.Sum(weight => (double)weight) + options.UnobservedWeight * pool.Candidates);
        for (var i = 0; i < system.Length; i++) system[i] += scale * gram[i];
        for (var i = 0; i < n; i++) system[i * n + i] += ridge;
        var solution = new double[n];
        for (var s = 0; s < seeds.Users.Count; s++)
        {
            var user = population.EmbeddingOf(seeds.Users[s]);
            for (var i = 0; i < n; i++) solution[i] += (double)seedWeights[s] * user[i];
        }

        if (!Cholesky.Factor(system, n))
        {
            throw new KindredException(ErrorKind.BadInput, "fold_in_failed",
                $"Seed list '{seeds.List.Id}' cannot be folded in: its system is not positive definite. " +
                "The likely cause is an embedding that is not finite.",
                "Check the embeddings, or use another method.");
        }

        Cholesky.Solve(system, n, solution);
        return new SeedModel(
            new EmbeddingDotScorer(Array.ConvertAll(solution, value => (float)value), unitLength: false),
            new Dictionary<string, double> { ["positives"] = seeds.Users.Count });
    }

    /// <summary>Σ weight u uᵀ over users in their order.</summary>
    private static double[] Gram(Population population, IReadOnlyList<UserRow> users, float[]? weights)
    {
        var n = population.Dimension;
        using var accumulator = new GramMatrix.Accumulator(n);
        using var chunk = new AlignedMatrix(GramMatrix.ChunkRows, n);
        for (var first = 0; first < users.Count; first += GramMatrix.ChunkRows)
        {
            var rows = Math.Min(GramMatrix.ChunkRows, users.Count - first);
            for (var r = 0; r < rows; r++) population.EmbeddingOf(users[first + r]).CopyTo(chunk.Row(r));
            accumulator.Add(chunk, 0, rows, weights is null ? default : weights.AsSpan(first, rows));
        }

        var gram = new double[n * n];
        accumulator.MoveTo(gram);
        return gram;
    }
}

using System.Globalization;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Lsh;

/// <summary>The settings that determine hyperplanes: equal settings give equal hyperplanes.</summary>
/// <param name="Seed">Seed of the directions.</param>
/// <param name="Tables">Number of tables.</param>
/// <param name="Bits">Hyperplanes per table.</param>
/// <param name="Dimension">Length of an embedding.</param>
/// <param name="EmbeddingScale">Factor of half-normalised embeddings that makes their mean square 1.</param>
/// <param name="ActivityMean">Mean of the activity.</param>
/// <param name="ActivityDeviation">Its standard deviation.</param>
internal readonly record struct HyperplaneSettings(
    ulong Seed, int Tables, int Bits, int Dimension, double EmbeddingScale, double ActivityMean, double ActivityDeviation)
{
    /// <summary>The settings for the users of a pool.</summary>
    public static HyperplaneSettings Of(LshOptions options, TrainingContext context)
    {
        var (population, pool) = (context.Population, context.Pool);
        var squares = 0.0;
        // The square of a half-normalised embedding is the embedding's length.
        foreach (var user in pool.Users) squares += UserEmbeddings.Length(population.EmbeddingOf(user));

        var activity = population.HasActivity ? population.Activity : new(0, 1);
        return new HyperplaneSettings(options.Seed, options.Tables, options.Bits, population.Dimension,
            squares > 0 ? Math.Sqrt(population.Dimension * (double)pool.Users.Count / squares) : 1, activity.Mean, activity.Deviation);
    }

    /// <summary>The settings by name, as they are stored with a scorer.</summary>
    public Dictionary<string, string> ToText() => new()
    {
        ["seed"] = Text(Seed),
        ["tables"] = Text(Tables),
        ["bits"] = Text(Bits),
        ["dimension"] = Text(Dimension),
        ["embedding_scale"] = Text(EmbeddingScale),
        ["activity_mean"] = Text(ActivityMean),
        ["activity_deviation"] = Text(ActivityDeviation),
    };

    /// <summary>Reads the settings that <see cref="ToText"/> wrote.</summary>
    /// <exception cref="KindredException">A setting is missing or not a number.</exception>
    public static HyperplaneSettings From(ScorerParameters kept) => new(
        Number<ulong>(kept, "seed"), Number<int>(kept, "tables"), Number<int>(kept, "bits"), Number<int>(kept, "dimension"),
        Number<double>(kept, "embedding_scale"), Number<double>(kept, "activity_mean"), Number<double>(kept, "activity_deviation"));

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static T Number<T>(ScorerParameters kept, string name) where T : struct, System.Numerics.INumber<T> =>
        T.TryParse(kept.Setting(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new KindredException(ErrorKind.Corrupt, "model_damaged",
                $"A scorer of kind '{kept.Kind}' has '{kept.Setting(name)}' for {name}, which is not a valid number: the model is damaged.",
                "Train the models again.");
}

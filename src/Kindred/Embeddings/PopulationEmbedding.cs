using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Creates a population from users and their interactions.</summary>
public static class PopulationEmbedding
{
    /// <summary>The key of the embedding space in a recipe: models fit every population of the same space.</summary>
    public const string SpaceKey = "embedding_space";

    private const string CopiesKey = "copies";
    private const string SolverKey = "solver";
    private const string Solver = "principal-axes";
    private const string UnobservedWeightKey = "unobserved_weight";
    private const string RegularizationKey = "regularization";

    /// <summary>Trains embeddings and assembles a population; users are folded in when their embeddings are read.</summary>
    /// <param name="users">The users, in the order of <paramref name="interactions"/>.</param>
    /// <param name="interactions">Their interactions.</param>
    /// <param name="options">Options of the training.</param>
    /// <param name="keepFeatures">True if the population keeps each user's items.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops the training.</param>
    public static NewPopulation Train(
        UserTable users, InteractionMatrix interactions, IalsOptions options, bool keepFeatures,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var items = IalsTrainer.TrainItems(interactions, options, progress, cancellation);
        var foldIn = new FoldIn(items, options.UnobservedWeight, options.Regularization, options.Threads, options.Copies);
        var recipe = new Dictionary<string, string>
        {
            ["method"] = "ials",
            ["dimension"] = Text(options.Dimension),
            [CopiesKey] = Text(options.Copies),
            [SolverKey] = Solver,
            [UnobservedWeightKey] = Text(options.UnobservedWeight),
            [RegularizationKey] = Text(options.Regularization),
            ["iterations"] = Text(options.Iterations),
            ["steps"] = Text(options.Steps),
            ["seed"] = Text(options.Seed),
            ["interactions"] = Text(interactions.Rows.Entries),
            [SpaceKey] = Space(items),
        };
        return Assemble(users, interactions, foldIn, options.Threads, items, recipe, keepFeatures);
    }

    /// <summary>Embeds users again from all their interactions and from unchanged item embeddings.</summary>
    /// <remarks>A user whose interactions have not changed keeps the same embedding, bit for bit. Embeddings are computed when they are
    /// read.</remarks>
    /// <param name="users">The users, old and new, in the order of <paramref name="interactions"/>.</param>
    /// <param name="interactions">Their interactions with the known items.</param>
    /// <param name="items">[items × dimension] the stored embeddings.</param>
    /// <param name="recipe">The recipe of the population.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    public static NewPopulation Update(
        UserTable users, InteractionMatrix interactions, AlignedMatrix items, IReadOnlyDictionary<string, string> recipe, int threads)
    {
        double unobserved = Number(recipe, UnobservedWeightKey), regularization = Number(recipe, RegularizationKey);
        var copies = CopiesOf(recipe);

        // Users who have not changed keep their bits, also in populations older than principal axes.
        IFoldIn foldIn = recipe.GetValueOrDefault(SolverKey) switch
        {
            Solver => new FoldIn(items, unobserved, regularization, threads, copies),
            null => new FirstFoldIn(items, unobserved, regularization, threads, copies),
            var other => throw new KindredException(ErrorKind.BadInput, "solver_unknown",
                $"The population was made with the solver '{other}', which this version does not know, " +
                "so it cannot fold in users with the same bits.",
                "Use the version that made the population, or train the embeddings again.")
            {
                Values = new Dictionary<string, object?> { ["solver"] = other },
            },
        };
        var updated = new Dictionary<string, string>(recipe) { ["interactions"] = Text(interactions.Rows.Entries) };
        return Assemble(users, interactions, foldIn, threads, items, updated, keepFeatures: true);
    }

    /// <summary>The settings that a recipe was made with, or null if the embeddings were not trained by Kindred.</summary>
    public static IalsOptions? OptionsOf(IReadOnlyDictionary<string, string> recipe) =>
        recipe.GetValueOrDefault("method") != "ials" ? null : new IalsOptions
        {
            Dimension = (int)Number(recipe, "dimension"),
            Copies = CopiesOf(recipe),
            UnobservedWeight = Number(recipe, UnobservedWeightKey),
            Regularization = Number(recipe, RegularizationKey),
            Iterations = (int)Number(recipe, "iterations"),
            Steps = (int)Number(recipe, "steps"),
            Seed = ulong.Parse(recipe["seed"], CultureInfo.InvariantCulture),
        };

    /// <summary>The maximum memory that training and then folding users in needs, beyond what has been read.</summary>
    /// <param name="users">Users.</param>
    /// <param name="items">Items.</param>
    /// <param name="interactions">Distinct pairs.</param>
    /// <param name="dimension">Length of one copy of an embedding.</param>
    /// <param name="copies">Copies side by side.</param>
    /// <returns>Bytes.</returns>
    public static long TrainingBytes(long users, long items, long interactions, int dimension, int copies = 1)
    {
        // One copy of both sides at a time; the interactions a second time, by item, and their confidences if they differ from the weights.
        long stride = PrincipalAxes.StrideOf(dimension);
        const long GramBlocks = 32;
        var training = (users + items) * stride * sizeof(float) + interactions * 12 + items * 8
            + items * dimension * copies * sizeof(float) + GramBlocks * stride * stride * sizeof(double);
        return Math.Max(training, items * dimension * copies * sizeof(float) + FoldInBytes(users, items, dimension, copies));
    }

    /// <summary>The maximum memory that folding users in needs as they are written, beyond what has been read.</summary>
    /// <param name="users">Users; the memory does not grow with them beyond <see cref="IUserEmbeddings.UsersAtATime"/>.</param>
    /// <param name="items">Items.</param>
    /// <param name="dimension">Length of one copy of an embedding.</param>
    /// <param name="copies">Copies side by side.</param>
    /// <returns>Bytes.</returns>
    public static long FoldInBytes(long users, long items, int dimension, int copies = 1) =>
        Math.Min(users, IUserEmbeddings.UsersAtATime) * dimension * copies * sizeof(float)
        + items * copies * PrincipalAxes.StrideOf(dimension) * sizeof(float);

    private static NewPopulation Assemble(
        UserTable users, InteractionMatrix interactions, IFoldIn foldIn, int threads, AlignedMatrix itemEmbeddings,
        IReadOnlyDictionary<string, string> recipe, bool keepFeatures)
    {
        var (activity, scale) = Activity.Of(interactions.Rows);
        return new NewPopulation
        {
            Users = users,
            Embeddings = new FoldedInUsers(foldIn, interactions.Rows, users.Ids, threads),
            Activity = activity,
            ActivityScale = scale,
            Features = keepFeatures ? interactions.Rows : null,
            Items = new ItemTable(interactions.Items, itemEmbeddings, UsersOfItems(interactions)),
            Recipe = recipe,
        };
    }

    private static int[] UsersOfItems(InteractionMatrix interactions)
    {
        var users = new int[interactions.Items.Count];
        foreach (var item in interactions.Rows.Columns.Span) users[item]++;
        return users;
    }

    private static string Space(AlignedMatrix items)
    {
        var hash = new XxHash128();
        for (long row = 0; row < items.Rows; row++) hash.Append(MemoryMarshal.AsBytes(items.Row(row)));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The number of embeddings side by side; recipes of the first version do not contain it and have one.</summary>
    public static int CopiesOf(IReadOnlyDictionary<string, string> recipe) =>
        recipe.ContainsKey(CopiesKey) ? (int)Number(recipe, CopiesKey) : 1;

    private static double Number(IReadOnlyDictionary<string, string> recipe, string key) =>
        recipe.TryGetValue(key, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new KindredException(ErrorKind.BadInput, "embeddings_not_trained_here",
                $"The population's recipe has no {key}: its embeddings were not trained by Kindred, so new users cannot be folded in.",
                "Import their embeddings instead.")
            {
                Values = new Dictionary<string, object?> { ["key"] = key },
            };

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}

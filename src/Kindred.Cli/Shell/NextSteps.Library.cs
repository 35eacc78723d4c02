using System.Globalization;

namespace Kindred.Cli.Shell;

/// <content>Next steps for errors of the library: populations, seed lists, methods, audiences.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _library =>
    [
        new("audience_size_invalid", _ =>
            "Give a share of the target population above 0 and up to 100, as in --size 1%, or a number of users, as in --size 50000."),
        new("audience_size_missing", _ => "Give one or more, as in --size 1%."),
        new("audience_too_large", error => error.Values["include_seeds"] is true
            ? "Ask for a smaller --size, or exclude fewer users."
            : "Ask for a smaller --size, exclude fewer users, or allow seeds with --include-seed."),
        new("country_unknown", _ => "Name one of its countries, or leave --country out for everybody."),
        new("embedding_not_finite", _ => "Look at the largest weights, or raise --regularization."),
        new("metric_unknown", _ => "Name a column of the seed file with --weight-by."),
        new("model_not_for_requests", _ => "Use `kindred train --method mlp` or `linear` for membership at request time."),
        new("population_without_items", _ => "Use a method on embeddings such as mlp, or make a population of interactions with `kindred embed`."),
        new("population_without_user_items", _ =>
            "Make it again with `kindred embed` but without --no-features, or use a method on embeddings such as mlp."),
        new("scorer_setting_missing", _ => "Train the models again with `kindred train`."),
        new("seed_list_too_small", error => $"{error.Values["cause"]}, or lower --minimum-seeds."),
        new("solver_unknown", _ => "Use the version that made it, or make it again with `kindred embed`."),
        // The world of `generate`.
        new("seed_sizes_reversed", _ => "Lower --min-seeds or raise --max-seeds."),
        new("topics_exceed_items", _ => "Lower --topics or raise --items."),
    ];

    private static string OptionOutOfRange(KindredException error) => string.Create(CultureInfo.InvariantCulture,
        $"--{((string)error.Values["option"]!).Replace('_', '-')} is {error.Values["value"]}; {error.Values["rule"]} See --help for what it does.");
}

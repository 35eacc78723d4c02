using System.Globalization;

namespace Kindred.Cli.Shell;

/// <content>Next steps for errors of the library: populations, seed lists, methods, audiences.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _library =>
    [
        new("score_not_finite", _ =>
            "Check both folders with `kindred verify`, or make them again with `kindred embed` and `kindred train`."),
        new("audience_size_invalid", _ =>
            "Give a share of the target population above 0 and up to 100, as in --size 1%, or a number of users, as in --size 50000."),
        new("audience_size_missing", _ => "Give one or more, as in --size 1%."),
        new("audience_too_large", error => error.Values["include_seeds"] is true
            ? "Ask for a smaller --size, or exclude fewer users."
            : "Ask for a smaller --size, exclude fewer users, or allow seeds with --include-seed."),
        new("country_unknown", _ => "Name one of its countries, or leave --country out for all countries."),
        new("embedding_not_finite", _ => "Look at the largest weights, or raise --regularization."),
        new("metric_unknown", _ => "Name a column of the seed file with --weight-by."),
        new("model_not_for_requests", _ => "Use `kindred train --method mlp` or `linear` for membership at request time."),
        new("population_without_items", _ =>
            "Use a method that reads only embeddings, such as mlp, or make a population from interactions with `kindred embed`."),
        new("population_without_user_items", _ =>
            "Make it again with `kindred embed` but without --no-features, or use a method that reads only embeddings, such as mlp."),
        new("training_diverged", _ => "Look at the list's metric columns, or lower --learning-rate."),
        new("hidden_units_wrong", error => $"Give another number for --{((string)error.Values["option"]!).Replace('_', '-')}."),
        new("second_hidden_layer_without_first", _ => "Give --hidden-units of at least 16, or leave --second-hidden-units out."),
        new("loss_without_hidden_layer", _ => "Leave --loss out, or use --method mlp with --hidden-units of at least 16."),
        new("model_damaged", _ => TrainAgain),
        new("scorer_kind_unknown", _ => TrainAgain),
        new("population_has_no_active_users", _ => "Check the users' column 'active', or --active-days."),
        new("tuning_without_users", _ => "Name a --method, or tune first with `kindred tune`."),
        new("tuning_without_pseudo_lists", _ => "Name a --method, lower --minimum-seeds, or use a population with more interactions."),
        new("tuning_without_servable_blend", _ => "Name a --method that reads embeddings only, such as mlp."),
        new("tuning_without_cheap_blend", _ => "Raise --max-cost."),
        new("tuning_method_unknown", _ => "Tune again with `kindred tune`."),
        new("scorer_setting_missing", _ => TrainAgain),
        new("seed_list_too_small", error => $"{error.Values["cause"]}, or lower --minimum-seeds."),
        new("seed_sizes_reversed", _ => "Lower --min-seeds or raise --max-seeds."),
        new("solver_unknown", _ => "Use the version that made it, or make it again with `kindred embed`."),
        new("topics_exceed_items", _ => "Lower --topics or raise --items."),
    ];

    private const string TrainAgain = "Train the models again with `kindred train`.";

    private static string OptionOutOfRange(KindredException error) => string.Create(CultureInfo.InvariantCulture,
        $"--{((string)error.Values["option"]!).Replace('_', '-')} is {error.Values["value"]}; {error.Values["rule"]} See --help for what it does.");
}

using Kindred.Ids;

namespace Kindred.Cli.Shell;

/// <content>Next steps for errors of the use cases.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _useCases =>
    [
        new("no_seed_in_population", error => IdOptions(error.Values.GetValueOrDefault("likely_cause") as string,
            error.Values.GetValueOrDefault("normalize_ids") is IdForms forms ? forms : IdForms.None) ?? error.Remedy),
        new("seed_list_unknown", _ => "Names must match exactly. Leave --seed-list out for all lists."),
        new("seed_lists_too_small", error => $"{error.Values["check_ids"]}lower --minimum-seeds, or skip small lists with --skip-small" +
            (error.Values["country"] is null ? "." : "; or train on all seeds, without --country.")),
        new("hold_out_lacks_list", _ => "Add them, leave the list out of the seeds, or leave --holdout out to split every list at random."),
        new("hold_out_not_ranked", _ =>
            "Hold-out users must be in the seed file, active and of the country. Check the hold-out's ids, or leave --holdout out."),
        new("part_has_no_list", _ => "Check --part and the ids."),
        new("simulated_list_without_audience", _ => "Ask for another --size, or for more --users."),
        new("activity_column_missing", _ => "Check the column name of --activity, or leave --activity out."),
        new("models_of_other_country", error =>
            $"Expand with --country {error.Values["country"]}, or train without --country for models that can be used in any country."),
        new("models_of_other_embeddings", _ =>
            "Train the models again on this population with `kindred train`, or expand the population that they were trained on."),
        new("times_unreadable", error => $"{error.Remedy} If another column has the times, name it with --time (`log.time` in settings)."),
        new("warm_start_not_supported", _ => "Leave --warm-start out."),
        new("warm_start_of_other_embeddings", _ =>
            "Leave --warm-start out, or name models that were trained on these embeddings, such as the models of this population before " +
                "`kindred embed --update`."),
        new("excluded_users_unknown", error =>
            "Check how their ids are written (`kindred check --seeds` with the file shows how they differ; " +
            (error.Values["hashed"] is true ? "the salt may differ" : "for hashed ids, use --exclude-hashed") +
            "). If this is right, leave the files out."),
        new("items_without_names", _ => "Add one of them, or leave --items out."),
        new("population_tuned_already", _ => "Tune again with --replace."),
        new("population_not_tunable", _ => "Use `--method auto`, which chooses on the seed lists themselves."),
        new("method_without_parameters", error =>
            $"It is a baseline for comparison: use `kindred evaluate --method {error.Values["method"]}`."),
        new("method_without_model", error =>
            $"Train one of its parts ({string.Join(" or ", ((IEnumerable<string>)error.Values["parts"]!).Select(part => $"--method {part}"))}) " +
            $"or another method, or measure it with `kindred evaluate --method {error.Values["method"]}`."),
        new("deletion_without_store", _ => "Give --settings run.yaml, or --store runs."),
        new("deletion_without_users", _ => "Give ids, or files of ids with --users."),
        new("seed_size_too_small", _ => "Give larger --seed-sizes, or lower --minimum-seeds."),
        new("seed_size_too_large", _ => "Give smaller --seed-sizes, or larger lists."),
    ];

    /// <summary>Returns the options for the ids of lists; null if none mends the likely cause.</summary>
    public static string? IdOptions(string? cause, IdForms normalization) => cause switch
    {
        nameof(SeedLists.Checks.IdCause.ListIsSha256) => $"Add --id-hash sha256{Normalize(normalization)}.",
        nameof(SeedLists.Checks.IdCause.ListIsSha1) => $"Add --id-hash sha1{Normalize(normalization)}.",
        nameof(SeedLists.Checks.IdCause.ListIsMd5) => $"Add --id-hash md5{Normalize(normalization)}.",
        nameof(SeedLists.Checks.IdCause.LetterCase) or nameof(SeedLists.Checks.IdCause.UnicodeForm)
            or nameof(SeedLists.Checks.IdCause.Fraction) or nameof(SeedLists.Checks.IdCause.WhiteSpace) =>
            $"`kindred embed` and this command both take{Normalize(normalization)}.",
        nameof(SeedLists.Checks.IdCause.OtherHash) => "Give the salt with --id-hash and --id-salt-file.",
        nameof(SeedLists.Checks.IdCause.AlreadyHashed) => "Leave --id-hash out.",
        _ => null,
    };

    private static string Normalize(IdForms forms) => forms == IdForms.None ? "" : $" --normalize-ids {new IdNormalization(forms)}";
}

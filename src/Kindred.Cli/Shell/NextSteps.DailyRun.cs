namespace Kindred.Cli.Shell;

/// <content>Next steps for errors of the daily run and its store.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _dailyRun =>
    [
        new("population_was_imported", _ => "Embed the users where the embeddings were trained, and import them with `kindred import`. " +
            "Use the same --space to keep models usable."),
        new("population_not_updatable", _ => "Make it again from all interactions with `kindred embed`, without --no-features."),
        new("store_has_no_version", _ => "Run `kindred run` first."),
        new("store_not_found", _ =>
            "Give the folder that the settings call 'store' (by default 'runs' beside them), or make a first version with `kindred run`."),
        new("current_version_unknown", error => error.Values["versions"] is string { Length: > 0 } versions
            ? $"Publish one of {versions} with `kindred rollback NUMBER --store {error.Values["store"]}`, then lift the hold with `--lift` instead of the number."
            : "There is no other version either: delete the file and run `kindred run` again."),
        new("version_damaged", _ =>
            "Publish another version with `kindred rollback`, delete this one's folder, lift the hold with " +
            "`kindred rollback --lift`, and run `kindred run` again; if there is no other version, delete the file CURRENT instead of rolling back."),
        new("store_locked", _ => "Wait until it ends, as --wait does, or stop it. The same command then continues it."),
        new("store_held", error => $"{(Equals(error.Values["published"], error.Values["version"]) ? "L"
            : $"Finish it with `kindred rollback {error.Values["version"]} --store {error.Values["store"]}`, or l")}ift the hold with " +
            $"`kindred rollback --lift --store {error.Values["store"]}` and run again."),
        new("hold_damaged", _ => "Roll back again with `kindred rollback NUMBER`, or lift the hold with `kindred rollback --lift`."),
        new("owner_without_audience", _ => "`kindred diff` without --owner compares the audiences of all owners."),
        new("deletion_incomplete", _ => "Then run the same command again."),
        new("users_still_there", error => $"Delete {error.Values["folder"]}, or make it again without the users; then run the same command again."),
        new("users_in_temporary_files", _ => "Wait until that command ends, or delete the folder; then run the same command again."),
        new("population_holds_deleted_users", error => $"Delete them from it with `kindred forget … --also {error.Values["folder"]}`, or embed all interactions again."),
        new("forgotten_list_not_found", _ => "Give --forgotten the store of the daily run, or its file forgotten.json."),
        new("folder_not_deletable_from", _ => "Give the right folder and run the command again."),
        new("plan_not_found", _ => "Plan again with `kindred run --plan-only`."),
        new("plan_damaged", _ => "Plan again with `kindred run --plan-only`."),
        new("plan_outdated", _ => "Plan again with `kindred run --plan-only`."),
        new("plan_of_other_program", _ => "Use the same version on all machines, or plan again with `kindred run --plan-only`."),
        new("population_replaced", _ => "Run `kindred run` again; finished tasks that are still valid are kept."),
        new("population_not_tuned", error => $"Run `kindred tune --population {error.Values["population"]}` once, or name another method."),
        new("too_many_audiences_lost", error => FormattableString.Invariant(
            $"Correct the inputs and run again. If the losses are intended, run once with --accept-losses, or lower 'minimum_kept', which is {error.Values["minimum_kept"]}.")),
    ];
}

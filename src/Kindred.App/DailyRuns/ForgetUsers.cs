using Kindred.Data.Inputs;
using Kindred.Data.Values;
using Kindred.Pipeline.Forgetting;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Deletes users permanently from everything that a daily run keeps and publishes.</summary>
public static class ForgetUsers
{
    /// <summary>Deletes users now, and excludes them from all later runs.</summary>
    /// <param name="request">The users, and the folders to delete them from.</param>
    /// <param name="actor">The name of the person who requested the deletion, for the audit record.</param>
    /// <param name="cancellation">Stops; a repeated request finishes the deletion.</param>
    /// <exception cref="KindredException">Neither settings nor a store are given, no user is named, or a folder cannot be
    /// written.</exception>
    public static ForgottenUsers Run(ForgetRequest request, string actor, CancellationToken cancellation = default)
    {
        var settings = request.Settings is { } file ? SettingsReader.Read(file) : null;
        if ((request.Store ?? settings?.Store) is not { } store)
        {
            throw new KindredException(ErrorKind.Usage, "deletion_without_store",
                "No folder to delete users from is named.", "Name the settings of the daily run, or its store.");
        }

        var rules = request.Rules ?? settings?.Columns.Rules ?? TableRules.Usual;
        var ids = request.Users.Select(rules.Ids.Apply).ToHashSet(StringComparer.Ordinal);
        if (request.Files.Count > 0)
        {
            var column = request.Column ?? (settings?.Columns ?? new ColumnNames()).User;
            var read = UserIdReader.Read(request.Files, column, null, rules, cancellation);
            for (var i = 0; i < read.Count; i++) ids.Add(read.GetString(i));
        }

        if (ids.Count == 0)
        {
            throw new KindredException(ErrorKind.Usage, "deletion_without_users", "No user is named.",
                "Name users, or files of their ids.");
        }

        string[] folders =
            [.. settings is not null && Directory.Exists(settings.Population) ? [settings.Population] : Array.Empty<string>(),
                .. request.Also];
        var opened = RunStore.OpenOrCreate(store);
        return new ForgottenUsers(ids.Count, folders, request.Wait is { } wait ? wait.Run(Delete, cancellation) : Delete());

        DeletionOutcome Delete() => UserDeletion.Run(opened, ids, folders, actor, TimeProvider.System, cancellation);
    }
}

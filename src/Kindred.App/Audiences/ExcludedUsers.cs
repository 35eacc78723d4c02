using Kindred.Audiences;
using Kindred.Data.Audiences;
using Kindred.Data.Inputs;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Audiences;

/// <summary>Reads the users to exclude from all audiences, by their ids and by hashes of them.</summary>
internal static class ExcludedUsers
{
    /// <summary>Returns the excluded users that are in the population.</summary>
    /// <exception cref="KindredException">A file is wrong, or none of its ids or hashes is in the population.</exception>
    public static IReadOnlyList<UserRow> Read(ExpandRequest request, Population population, IProgressReporter progress,
        CancellationToken cancellation)
    {
        if (request.Exclude.Count + request.ExcludeHashed.Count == 0) return [];
        var rules = request.Columns.Rules.Noting(progress);
        var (users, unknown) = (new HashSet<UserRow>(), 0);
        if (request.Exclude.Count > 0)
        {
            var ids = UserIdReader.Read(request.Exclude, request.Columns.User, null, rules, cancellation);
            Add(ids, ids.Count, request.Exclude, "if they are hashed, exclude them as hashed ids");
        }

        if (request.ExcludeHashed.Count > 0)
        {
            var hashes = UserIdReader.Read(request.ExcludeHashed, request.Columns.User, request.ExcludeHash!.Function, rules, cancellation);
            using var line = progress.Start("Hashing users");
            var known = HashedSeedLists.Resolve(hashes, population, request.ExcludeHash, request.Expansion.Threads, line.Report,
                cancellation).Users;
            Add(known, hashes.Count, request.ExcludeHashed, "the salt may differ");
        }

        if (users.Count == 0 && unknown > 0)
        {
            progress.Note($"None of the {unknown:N0} ids to exclude is in the population, so no user is excluded.");
        }
        else progress.Note($"Excluding {users.Count:N0} users.{(unknown == 0 ? "" : FormattableString.Invariant($" {unknown:N0} more ids to exclude are not in the population."))}");
        return [.. users];

        void Add(IdList ids, int given, IReadOnlyList<string> files, string hint)
        {
            var found = 0;
            for (var i = 0; i < ids.Count; i++)
            {
                // An audience that was exported for spreadsheets has an apostrophe before some ids.
                if ((population.Find(ids[i]) ?? population.Find(SpreadsheetText.Original(ids[i]))) is not { } user) continue;
                users.Add(user);
                found++;
            }

            unknown += given - found;
            if (!ExclusionCheck.AreStrangers(given, found)) return;
            throw new KindredException(ErrorKind.BadInput, "excluded_users_unknown",
                FormattableString.Invariant($"None of the {given:N0} users to exclude in {string.Join(", ", files.Take(3))} is in the population, so no user would be excluded."),
                $"Check how their ids are written (check the file as a seed list to see how they differ; {hint}). If this is right, leave the files out.")
            {
                Values = new Dictionary<string, object?> { ["hashed"] = ReferenceEquals(files, request.ExcludeHashed) },
            };
        }
    }
}

using Kindred.Audiences;
using Kindred.Data.Forgotten;
using Kindred.Data.Memberships;
using Kindred.Data.Models;
using Kindred.Pipeline.Store;
using Kindred.Scoring;

namespace Kindred.Pipeline.Serving;

/// <summary>A version opened for look-ups: by user id in the index, or from a user's embedding at request time.</summary>
public sealed class PublishedVersion : IDisposable
{
    private readonly UserAudienceTable? _excluded;
    private readonly Tombstones _forgotten;

    private PublishedVersion(RunVersion version, IReadOnlyList<PublishedAudience> audiences, MembershipIndex index,
        UserAudienceTable? excluded, RequestMembership? atRequest, Tombstones forgotten)
    {
        (Version, Audiences, Index, AtRequest, _excluded, _forgotten) = (version, audiences, index, atRequest, excluded, forgotten);
    }

    /// <summary>The published version.</summary>
    public RunVersion Version { get; }

    /// <summary>The audiences in the order of their numbers.</summary>
    public IReadOnlyList<PublishedAudience> Audiences { get; }

    /// <summary>The audiences of all known users.</summary>
    public MembershipIndex Index { get; }

    /// <summary>Decides membership from a user's embedding; null if models were not loaded or one of them reads more than
    /// embeddings. Nobody is in an audience whose model was deleted with one of its seeds, until the next run.</summary>
    public RequestMembership? AtRequest { get; }

    /// <summary>The digest of the permanently deleted users.</summary>
    public string Forgotten => _forgotten.Digest;

    /// <summary>Opens a version.</summary>
    /// <param name="store">The store.</param>
    /// <param name="number">Its number.</param>
    /// <param name="atRequest">Also loads models.</param>
    /// <param name="verify">Compares checksums, which reads all files.</param>
    /// <exception cref="KindredException">The version does not exist, was published without an index, or has a damaged file.</exception>
    public static PublishedVersion Open(RunStore store, int number, bool atRequest = false, bool verify = true)
    {
        var version = RunVersion.Read(store, number);
        if (version.Index is null)
        {
            throw new KindredException(ErrorKind.BadInput, "version_without_index",
                $"Version {RunStore.Name(number)} was published without an index, so it does not support look-ups.",
                "Set 'publish_index: true' and run again.");
        }

        var forgotten = store.ReadForgotten();
        PublishedAudience[] audiences = [.. version.Audiences().Select(entry => entry.Audience)];
        string[] folders =
            [.. Enumerable.Range(0, version.Shards).Select(shard => store.Objects.Require(OutputNames.OfShard(version.Index, shard)))];
        var opened = new Stack<IDisposable>();
        try
        {
            var index = MembershipIndex.Open(folders, audiences, forgotten.Count == 0 ? null : forgotten, verify);
            opened.Push(index);
            if (!atRequest || audiences.Length == 0) return new PublishedVersion(version, audiences, index, null, null, forgotten);
            if (version.Excluded is null)
            {
                throw new KindredException(ErrorKind.Corrupt, RunVersion.DamagedCode,
                    $"{store.VersionFolder(number)} does not name the table of excluded users, which membership at request time needs.",
                    $"{RunVersion.Remedy}.");
            }

            var excluded = UserAudienceTable.Open(store.Objects.Require(version.Excluded), verify);
            opened.Push(excluded);
            var scorers = Scorers(store, version);
            if (scorers.All(scorer => scorer is null)) return new PublishedVersion(version, audiences, index, excluded, null, forgotten);
            var membership = new RequestMembership(audiences, scorers, excluded);
            opened.Push(membership);
            return new PublishedVersion(version, audiences, index, excluded, membership, forgotten);
        }
        catch
        {
            foreach (var resource in opened) resource.Dispose();
            throw;
        }
    }

    /// <summary>Finds a user's audiences among candidates from the user's embedding; permanently deleted users are in none.</summary>
    /// <param name="userId">The user's id in UTF-8.</param>
    /// <param name="country">The user's country; empty if users have none.</param>
    /// <param name="embedding">[dimension] The embedding, as stored in the population or folded in.</param>
    /// <param name="activity">log1p of the user's number of interactions; 0 if the population has no counts.</param>
    /// <param name="candidates">The numbers of audiences, preferably ascending.</param>
    /// <param name="members">[candidates] Receives the numbers of the audiences with the user.</param>
    /// <returns>The number of audiences written.</returns>
    public int FindAtRequest(
        ReadOnlySpan<byte> userId, string country, ReadOnlySpan<float> embedding, float activity, ReadOnlySpan<int> candidates,
        Span<int> members) =>
        _forgotten.Count > 0 && _forgotten.Contains(userId) ? 0
        : (AtRequest ?? throw new InvalidOperationException("The version was opened without models."))
            .Find(userId, country, embedding, activity, candidates, members);

    /// <inheritdoc/>
    public void Dispose()
    {
        AtRequest?.Dispose();
        _excluded?.Dispose();
        Index.Dispose();
    }

    /// <summary>One scorer per audience; the same for all audiences of a model, and null where the model was deleted with a
    /// user.</summary>
    private static IReadOnlyList<IUserScorer?> Scorers(RunStore store, RunVersion version)
    {
        var scorers = new IUserScorer?[version.Units.Count];
        foreach (var pack in Enumerable.Range(0, scorers.Length)
            .Where(i => version.Units[i].Model is not null && RunVersion.AudiencesOf(version.Units[i]).Any())
            .GroupBy(i => version.Units[i].Model!.Output))
        {
            var folder = store.Objects.Require(pack.Key);
            var outcomes = TrainOutcome.Read(folder);
            if (pack.FirstOrDefault(i => outcomes.ElementAtOrDefault(version.Units[i].Model!.Index)?.Model is null, -1) is >= 0 and var lost)
            {
                throw new KindredException(ErrorKind.Corrupt, StageFormats.DamagedCode,
                    $"{folder} has no model of list '{version.Units[lost].List}', but version {RunStore.Name(version.Number)} needs it.",
                    $"{ObjectFolder.Remedy}.");
            }

            var models =
                ModelFolder.OpenModels(TrainOutcome.ModelsIn(folder),
                    [.. pack.Select(i => outcomes[version.Units[i].Model!.Index].Model!.Value)]);
            foreach (var (i, model) in pack.Zip(models)) scorers[i] = model.Scorer;
        }

        return [.. version.Units.SelectMany((unit, i) => RunVersion.AudiencesOf(unit).Select(_ => scorers[i]))];
    }
}

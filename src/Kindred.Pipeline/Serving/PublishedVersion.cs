using Kindred.Audiences;
using Kindred.Data.Forgetting;
using Kindred.Data.Memberships;
using Kindred.Data.Models;
using Kindred.Pipeline.Store;
using Kindred.Scoring;

namespace Kindred.Pipeline.Serving;

/// <summary>One version, opened for look-ups: by a user's id from the index, or from the user's embedding while a request waits.</summary>
public sealed class PublishedVersion : IDisposable
{
    private readonly UserAudienceTable? _excluded;
    private readonly Tombstones _forgotten;

    private PublishedVersion(RunVersion version, IReadOnlyList<PublishedAudience> audiences, MembershipIndex index, UserAudienceTable? excluded, RequestMembership? atRequest, Tombstones forgotten)
    {
        (Version, Audiences, Index, AtRequest, _excluded, _forgotten) = (version, audiences, index, atRequest, excluded, forgotten);
    }

    /// <summary>What is published.</summary>
    public RunVersion Version { get; }

    /// <summary>The audiences in the order of their numbers.</summary>
    public IReadOnlyList<PublishedAudience> Audiences { get; }

    /// <summary>The audiences of every user who is known.</summary>
    public MembershipIndex Index { get; }

    /// <summary>Decides from any user's embedding; null where the version was opened without, or a model reads more than embeddings.</summary>
    public RequestMembership? AtRequest { get; }

    /// <summary>Digest of the permanently deleted users.</summary>
    public string Forgotten => _forgotten.Digest;

    /// <summary>Opens a version.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="number">Its number.</param>
    /// <param name="atRequest">Whether to load models too.</param>
    /// <param name="verify">Whether to compare checksums, which reads all files.</param>
    /// <exception cref="KindredException">There is no such version, it was published without an index, or a file is damaged.</exception>
    public static PublishedVersion Open(RunStore store, int number, bool atRequest = false, bool verify = true)
    {
        var version = RunVersion.Read(store, number);
        if (version.Index is null)
        {
            throw new KindredException(ErrorKind.BadInput, "version_without_index",
                $"Version {RunStore.Name(number)} was published without an index, so nobody can be looked up in it.", "Set 'publish_index: true' and run again.");
        }

        var forgotten = store.ReadForgotten();
        PublishedAudience[] audiences = [.. version.Audiences().Select(entry => entry.Audience)];
        string[] folders = [.. Enumerable.Range(0, version.Shards).Select(shard => store.Objects.Require(OutputNames.OfShard(version.Index, shard)))];
        var opened = new Stack<IDisposable>();
        try
        {
            var index = MembershipIndex.Open(folders, audiences, forgotten.Count == 0 ? null : forgotten, verify);
            opened.Push(index);
            if (!atRequest || audiences.Length == 0) return new PublishedVersion(version, audiences, index, null, null, forgotten);
            if (version.Excluded is null) throw new KindredException(ErrorKind.Corrupt, RunVersion.DamagedCode, $"{store.VersionFolder(number)} does not name the table of excluded users, without which nobody can be decided about.", $"{RunVersion.Remedy}.");
            var excluded = UserAudienceTable.Open(store.Objects.Require(version.Excluded), verify);
            opened.Push(excluded);
            var membership = new RequestMembership(audiences, Scorers(store, version), excluded);
            opened.Push(membership);
            return new PublishedVersion(version, audiences, index, excluded, membership, forgotten);
        }
        catch
        {
            foreach (var resource in opened) resource.Dispose();
            throw;
        }
    }

    /// <summary>Decides which of some audiences a user is in, from the user's embedding; permanently deleted users are in none.</summary>
    /// <param name="userId">The user's id in UTF-8.</param>
    /// <param name="country">The user's country; empty where users have none.</param>
    /// <param name="embedding">[dimension] as stored in the population, or as folded in.</param>
    /// <param name="activity">log1p of the user's interactions; 0 where the population knows none.</param>
    /// <param name="candidates">Numbers of audiences, best ascending.</param>
    /// <param name="members">[candidates] where to write those that the user is in.</param>
    /// <returns>How many.</returns>
    public int FindAtRequest(
        ReadOnlySpan<byte> userId, string country, ReadOnlySpan<float> embedding, float activity, ReadOnlySpan<int> candidates, Span<int> members) =>
        _forgotten.Count > 0 && _forgotten.Contains(userId) ? 0
        : (AtRequest ?? throw new InvalidOperationException("The version was opened without models.")).Find(userId, country, embedding, activity, candidates, members);

    /// <inheritdoc/>
    public void Dispose()
    {
        AtRequest?.Dispose();
        _excluded?.Dispose();
        Index.Dispose();
    }

    /// <summary>One scorer per audience; the same for all audiences of a model.</summary>
    private static IReadOnlyList<IUserScorer> Scorers(RunStore store, RunVersion version)
    {
        var scorers = new IUserScorer[version.Units.Count];
        foreach (var pack in Enumerable.Range(0, scorers.Length).Where(i => RunVersion.AudiencesOf(version.Units[i]).Any()).GroupBy(i => version.Units[i].Model!.Output))
        {
            var folder = store.Objects.Require(pack.Key);
            var outcomes = TrainOutcome.Read(folder);
            if (pack.FirstOrDefault(i => outcomes.ElementAtOrDefault(version.Units[i].Model!.Index)?.Model is null, -1) is >= 0 and var lost)
            {
                throw new KindredException(ErrorKind.Corrupt, StageFormats.DamagedCode,
                    $"{folder} has no model of list '{version.Units[lost].List}', though version {RunStore.Name(version.Number)} needs it.", $"{ObjectFolder.Remedy}.");
            }

            var models = ModelFolder.OpenModels(TrainOutcome.ModelsIn(folder), [.. pack.Select(i => outcomes[version.Units[i].Model!.Index].Model!.Value)]);
            foreach (var (i, model) in pack.Zip(models)) scorers[i] = model.Scorer;
        }

        return [.. version.Units.SelectMany((unit, i) => RunVersion.AudiencesOf(unit).Select(_ => scorers[i]))];
    }
}

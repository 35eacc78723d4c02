using System.Text;
using Kindred.Audiences;
using Kindred.Pipeline.Serving;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Finds the published audiences of users.</summary>
public sealed class AudienceLookup : IDisposable
{
    private readonly PublishedVersion _version;

    private AudienceLookup(PublishedVersion version) => _version = version;

    /// <summary>The number of the opened version.</summary>
    public int Version => _version.Version.Number;

    /// <summary>Opens a version.</summary>
    /// <param name="store">The folder of versions.</param>
    /// <param name="version">The number of the version; null for the current one.</param>
    /// <exception cref="KindredException">There is no such version, or it is damaged.</exception>
    public static AudienceLookup Open(string store, int? version = null)
    {
        var opened = RunStore.Open(store);
        return new AudienceLookup(opened.Read(() => PublishedVersion.Open(opened, version ?? opened.Current
            ?? throw new KindredException(ErrorKind.BadInput, "store_has_no_version",
                $"{opened.Folder} has no published version.", "Publish one by a daily run first."), verify: false)));
    }

    /// <summary>Finds the audiences of a user; returns null for an unknown user.</summary>
    /// <param name="user">The user's id.</param>
    public IReadOnlyList<PublishedAudience>? Find(string user)
    {
        var found = new int[_version.Index.MostAudiences];
        var count = _version.Index.Find(Encoding.UTF8.GetBytes(user), found);
        return count < 0 ? null : [.. found[..count].Select(audience => _version.Audiences[audience])];
    }

    /// <inheritdoc/>
    public void Dispose() => _version.Dispose();
}

using Kindred.Data.Formats;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Store;

namespace Kindred.App.Maintenance;

/// <summary>Finds all damage in folders that Kindred wrote.</summary>
public static class VerifyFolders
{
    /// <summary>Verifies folders with all their contents.</summary>
    /// <param name="folders">The folders; all are verified, even if the first is damaged.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">One of them is not a folder.</exception>
    public static IReadOnlyList<VerifiedFolder> Run(IReadOnlyList<string> folders, IProgressReporter progress,
        CancellationToken cancellation = default)
    {
        var verified = new VerifiedFolder[folders.Count];
        using var line = progress.Start("Verifying");
        for (var i = 0; i < folders.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = i;
            verified[i] = RunStore.IsStore(folders[i])
                ? StoreVerification.Run(folders[i], share => line.Report((before + share) / folders.Count), cancellation)
                : FolderVerification.Run(folders[i], cancellation);
            line.Report((i + 1.0) / folders.Count);
        }

        return verified;
    }
}

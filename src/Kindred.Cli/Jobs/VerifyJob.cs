using Kindred.Cli.Terminal;
using Kindred.Data.Formats;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Jobs;

/// <summary>Folders to what is wrong with them.</summary>
internal static class VerifyJob
{
    /// <param name="folders">What to look at; all are, whatever is wrong with the first.</param>
    /// <param name="screen">Where progress is shown.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">One of them is no folder.</exception>
    public static IReadOnlyList<VerifiedFolder> Run(IReadOnlyList<string> folders, Screen screen, CancellationToken cancellation)
    {
        var verified = new VerifiedFolder[folders.Count];
        using var line = screen.Start("Verifying");
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

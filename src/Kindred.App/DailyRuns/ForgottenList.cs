using Kindred.Data.Forgotten;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Reads the list of permanently deleted users that a store keeps, for work outside the store.</summary>
public static class ForgottenList
{
    /// <summary>Reads the list.</summary>
    /// <param name="path">A store, or a copy of its file of deleted users.</param>
    /// <exception cref="KindredException">There is no such file, or it is damaged.</exception>
    public static Tombstones Read(string path)
    {
        if (Directory.Exists(path)) return RunStore.Open(path).ReadForgotten();
        return File.Exists(path) ? Tombstones.Read(path) : throw new KindredException(ErrorKind.BadInput, "forgotten_list_not_found",
            $"{path}: there is no such store or list of permanently deleted users.",
            "Give the folder of versions of the daily run, or its file forgotten.json.")
        {
            Values = new Dictionary<string, object?> { ["path"] = path },
        };
    }
}

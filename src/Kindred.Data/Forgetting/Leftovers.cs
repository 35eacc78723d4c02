using Kindred.Data.Folders;

namespace Kindred.Data.Forgetting;

/// <summary>Finds temporary files of killed runs, which still hold users.</summary>
public static class Leftovers
{
    /// <summary>Finds temporary files and folders beside a path, of a new or old version of it, in ordinal order.</summary>
    /// <remarks>A run in progress has such a file or folder too: check before you remove one.</remarks>
    /// <param name="path">A file or folder that Kindred writes; it need not exist.</param>
    public static IReadOnlyList<string> Beside(string path) => TemporaryName.Beside(TemporaryName.Normalise(path));
}

using Kindred.Data.Folders;

namespace Kindred.Data.Forgetting;

/// <summary>What runs that were killed have left behind, with all the users that it holds.</summary>
public static class Leftovers
{
    /// <summary>Files and folders beside a path that were to become it, or were it before, in ordinal order.</summary>
    /// <remarks>A run that still goes on has such a file or folder too: look before you remove one.</remarks>
    /// <param name="path">A file or folder that Kindred writes, there or not.</param>
    public static IReadOnlyList<string> Beside(string path) => TemporaryName.Beside(TemporaryName.Normalise(path));
}

namespace Kindred.Data.Formats;

/// <summary>What was found when a folder was verified.</summary>
/// <param name="Folder">The folder, as it was named.</param>
/// <param name="Format">What its manifest says it is; null where that cannot be read.</param>
/// <param name="FormatVersion">The version of that format; 0 where unknown.</param>
/// <param name="Files">Files that the manifest lists.</param>
/// <param name="Bytes">Their size together, as the manifest says.</param>
/// <param name="Problems">How many problems there are.</param>
/// <param name="Sentences">The first of them in words.</param>
/// <param name="Remedy">What to do about them.</param>
/// <param name="Foreign">Files in the folder that its manifest does not name, by ordinal path: no damage, but not what Kindred wrote.</param>
/// <param name="Inner">Folders of ours that were kept inside later, such as a population's tuning.</param>
public sealed record VerifiedFolder(
    string Folder, string? Format, int FormatVersion, int Files, long Bytes, int Problems, IReadOnlyList<string> Sentences, string Remedy,
    IReadOnlyList<string> Foreign, IReadOnlyList<VerifiedFolder> Inner)
{
    /// <summary>Whether nothing is wrong, inside neither.</summary>
    public bool IsWhole => Problems == 0 && Inner.All(folder => folder.IsWhole);

    /// <summary>Whether there is anything to say of it.</summary>
    public bool IsAsWritten => Problems == 0 && Foreign.Count == 0 && Inner.All(folder => folder.IsAsWritten);
}

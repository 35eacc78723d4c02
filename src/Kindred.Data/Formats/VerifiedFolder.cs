namespace Kindred.Data.Formats;

/// <summary>The result of verifying a folder.</summary>
/// <param name="Folder">The folder, as it was named.</param>
/// <param name="Format">The format that its manifest names; null if it cannot be read.</param>
/// <param name="FormatVersion">The version of that format; 0 if unknown.</param>
/// <param name="Files">The number of files that the manifest lists.</param>
/// <param name="Bytes">Their total size in the manifest.</param>
/// <param name="Problems">The number of problems.</param>
/// <param name="Sentences">The first problems in words.</param>
/// <param name="Remedy">What to do about them.</param>
/// <param name="Foreign">Files in the folder that its manifest does not name, by ordinal path. They are not damage.</param>
/// <param name="Inner">Inner folders that Kindred wrote, such as a population's tuning.</param>
public sealed record VerifiedFolder(
    string Folder, string? Format, int FormatVersion, int Files, long Bytes, int Problems, IReadOnlyList<string> Sentences, string Remedy,
    IReadOnlyList<string> Foreign, IReadOnlyList<VerifiedFolder> Inner)
{
    /// <summary>What else a reader should know about the folder, in whole sentences. It is no damage.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True if neither the folder nor an inner folder has a problem.</summary>
    public bool IsWhole => Problems == 0 && Inner.All(folder => folder.IsWhole);

    /// <summary>True if there are neither problems nor foreign files, also in inner folders.</summary>
    public bool IsAsWritten => Problems == 0 && Foreign.Count == 0 && Inner.All(folder => folder.IsAsWritten);
}

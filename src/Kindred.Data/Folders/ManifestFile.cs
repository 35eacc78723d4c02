namespace Kindred.Data.Folders;

/// <summary>One file of a folder as its manifest lists it.</summary>
/// <param name="Path">The path relative to the folder, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Checksum">XXH3 with 128 bits over its bytes, in lower-case hexadecimal.</param>
public sealed record ManifestFile(string Path, long Bytes, string Checksum);

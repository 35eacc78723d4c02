using Kindred.SeedLists;

namespace Kindred.Pipeline.Settings;

/// <summary>How ids of files were hashed. The salt is read when it is needed: most of what reads settings does without.</summary>
/// <param name="Function">The function.</param>
/// <param name="SaltFile">The file of the salt; null for none.</param>
public sealed record IdHashing(IdHashFunction Function, string? SaltFile)
{
    /// <summary>Reads the salt.</summary>
    /// <exception cref="KindredException">It cannot be read.</exception>
    public IdHash Create() => new(Function, SaltFile is null ? default : Data.Inputs.SaltFile.Read(SaltFile));
}

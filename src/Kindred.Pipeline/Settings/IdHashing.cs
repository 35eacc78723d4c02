using Kindred.SeedLists;

namespace Kindred.Pipeline.Settings;

/// <summary>How ids of files were hashed. The salt is read when it is needed, as most of what reads settings does without, and once: its file may be a pipe.</summary>
/// <param name="function">The function.</param>
/// <param name="saltFile">The file of the salt; null for none.</param>
public sealed class IdHashing(IdHashFunction function, string? saltFile)
{
    private IdHash? _created;

    /// <summary>The function.</summary>
    public IdHashFunction Function => function;

    /// <summary>The hash, with its salt.</summary>
    /// <exception cref="KindredException">The salt cannot be read.</exception>
    public IdHash Create() => _created ??= new IdHash(function, saltFile is null ? default : Data.Inputs.SaltFile.Read(saltFile));
}

using Kindred.Ids;
using Kindred.SeedLists;

namespace Kindred.Pipeline.Settings;

/// <summary>The hash of ids in files. The salt is read only when needed, because most readers of settings do not use it, and only once,
/// because its file may be a pipe.</summary>
/// <param name="function">The function.</param>
/// <param name="saltFile">The file of the salt; null for none.</param>
/// <param name="normalization">How ids are written before they are hashed; null for as they are.</param>
public sealed class IdHashing(IdHashFunction function, string? saltFile, IdNormalization? normalization = null)
{
    private IdHash? _created;

    /// <summary>The function.</summary>
    public IdHashFunction Function => function;

    /// <summary>Returns the hash with its salt.</summary>
    /// <exception cref="KindredException">The salt cannot be read.</exception>
    public IdHash Create() => _created ??=
        new IdHash(function, saltFile is null ? default : Data.Inputs.SaltFile.Read(saltFile), normalization);
}

using Kindred.Ids;
using Kindred.SeedLists;

namespace Kindred.Data.Tables;

/// <summary>Reads a user of a row: a plain id, or a hash of one in canonical spelling.</summary>
/// <param name="function">The hash function of the ids; null if they are not hashed.</param>
internal sealed class UserCell(IdHashFunction? function)
{
    private readonly byte[] _written = new byte[2 * IdHash.MaxBytes];

    /// <summary>The id, or the lower-case hexadecimal digits of its hash. Valid until the next call.</summary>
    /// <exception cref="RowException">It is not an id, or not a hash of the function.</exception>
    public ReadOnlySpan<byte> Of(TableReader table, int column)
    {
        // A value that should be a hash is not checked as an id, because errors about ids quote the value: it is most likely an address
        // that was not hashed.
        var id = table.Utf8(column);
        if (function is not { } hashed || id.IsEmpty || table.IsMissing(id)) return table.Id(column);
        if (table.Rules.Ids.Forms.HasFlag(IdForms.Trim)) id = IdText.Trim(id);
        Span<byte> hash = stackalloc byte[IdHash.MaxBytes];
        var length = IdHash.BytesOf(hashed);
        if (!IdHash.TryRead(hashed, id, hash))
        {
            throw table.Error(column,
                $"the id of {id.Length:N0} bytes is not a valid {IdHash.NameOf(hashed)} hash, " +
                $"which has {2 * length} hexadecimal digits or {(length + 2) / 3 * 4} characters of Base64",
                IdHash.TryRead(hashed, id.Trim(" \t\r\n"u8), hash) ? "Remove the white space around it"
                : OtherFunction(hashed, id) is { } other
                    ? $"It looks like {IdHash.NameOf(other)}: choose that function if all ids are such hashes"
                    : "Hash every id in the same way, or read the list as it is, without a hash", RowProblem.NotAHash);
        }

        Convert.TryToHexStringLower(hash[..length], _written, out var written);
        return _written.AsSpan(0, written);
    }

    /// <summary>Another function with hexadecimal hashes of this form.</summary>
    public static IdHashFunction? OtherFunction(IdHashFunction function, ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[IdHash.MaxBytes];
        foreach (var other in Enum.GetValues<IdHashFunction>())
        {
            if (other != function && id.Length == 2 * IdHash.BytesOf(other) && IdHash.TryRead(other, id, hash)) return other;
        }

        return null;
    }
}

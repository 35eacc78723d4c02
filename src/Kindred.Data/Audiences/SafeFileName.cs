using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Kindred.Data.Audiences;

/// <summary>File names for ids that may hold anything, where the other ids of the folder are not known.</summary>
/// <remarks><see cref="ReadableFileNames"/> are for people.</remarks>
public static class SafeFileName
{
    // Leaves room for endings and temporary names within the 255 bytes that file systems allow.
    private const int Longest = 120;

    /// <summary>Makes a name that is safe on every file system and differs for different ids, also on systems that ignore case.</summary>
    /// <remarks>Lower-case letters, digits, '-' and '_' (and '.' inside) stay; all other bytes of the UTF-8 become %XX, capital letters
    /// too. A name that would be too long is cut and gets '%%' and a 128-bit hash of the id at its end.</remarks>
    /// <param name="id">Any text that is not empty.</param>
    public static string For(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var utf8 = Encoding.UTF8.GetBytes(id);
        var name = new StringBuilder();
        for (var i = 0; i < utf8.Length; i++)
        {
            // A dot at either end hides a file, climbs a folder or is dropped by Windows.
            if (IsPlain(utf8[i]) || (utf8[i] == '.' && i > 0 && i < utf8.Length - 1)) name.Append((char)utf8[i]);
            else name.Append(CultureInfo.InvariantCulture, $"%{utf8[i]:X2}");
        }

        if (IsDevice(name.ToString())) name.Insert(0, '%');
        // The escapes above never produce "%%", so a cut name differs from every whole one.
        return name.Length <= Longest ? name.ToString()
            : $"{name.ToString(0, Longest - 34)}%%{Convert.ToHexStringLower(XxHash128.Hash(utf8))}";
    }

    private static bool IsPlain(byte value) => value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-'
        or (byte)'_';

    // Windows opens a device under these names, with any ending.
    internal static bool IsDevice(string name) => name.Split('.')[0] is "con" or "prn" or "aux" or "nul"
        or ['c', 'o', 'm', >= '0' and <= '9'] or ['l', 'p', 't', >= '0' and <= '9'];
}

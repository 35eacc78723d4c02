using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kindred.Data.Audiences;

/// <summary>File names that people can read, for the ids of one folder. The ids may hold anything; the manifest has them exactly.</summary>
/// <remarks>
/// Letters, digits, '-', '_' and '.' stay, and everything between them becomes one '-'. A name depends on the other ids of the folder only
/// if two would be equal on a system that ignores case: then all of these get '-' and the start of a hash of the id. So does an id with
/// other letters than those of ASCII, because systems disagree on which of these are equal, and a name that was cut, that is a device of
/// Windows, or of which nothing is left.
/// </remarks>
public static class ReadableFileNames
{
    // Leaves room for endings and temporary names within the 255 bytes that file systems allow.
    private const int MostBytes = 120;

    private const string Nothing = "_";

    // Digits of the hash that are added when two names are equal, each time that they still are.
    private static readonly int[] _digits = [0, 8, 16, 32, 64];

    /// <summary>Makes one name per id, all different, also on systems that ignore case.</summary>
    /// <param name="ids">The ids of one folder, none of them twice; their order does not matter.</param>
    /// <exception cref="ArgumentException">An id is there twice.</exception>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Draft[] names = [.. ids.Select(id => new Draft(id))];
        while (true)
        {
            var equal = names.GroupBy(name => Folded(name.Text), StringComparer.Ordinal).Where(group => group.Skip(1).Any())
                .SelectMany(group => group).ToArray();
            if (equal.Length == 0) return names.ToDictionary(name => name.Id, name => name.Text, StringComparer.Ordinal);
            // A name that already has its whole hash can only meet one that has less of it.
            var changed = false;
            foreach (var name in equal) changed |= name.TryLengthen();
            if (!changed) throw new ArgumentException("An id is there twice.", nameof(ids));
        }
    }

    // In upper case first: it joins letters that lower case keeps apart.
    private static string Folded(string name) => name.ToUpperInvariant().ToLowerInvariant();

    /// <summary>The name of one id, and how much of its hash it has.</summary>
    private sealed class Draft
    {
        private readonly string _readable;
        private readonly string _hash;
        private int _step;

        public Draft(string id)
        {
            ArgumentException.ThrowIfNullOrEmpty(id);
            Id = id;
            var readable = Readable(id);
            _readable = readable.Length == 0 ? Nothing : Cut(readable);
            _hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
            _step = _readable != readable || !Ascii.IsValid(id) || SafeFileName.IsDevice(_readable.ToLowerInvariant()) ? 1 : 0;
        }

        public string Id { get; }

        // Before the dot: Windows takes a device's name with any ending for the device.
        public string Text => _step == 0 ? _readable
            : SafeFileName.IsDevice(_readable.ToLowerInvariant())
                ? $"{_readable.Replace('.', '-')}-{_hash.AsSpan(0, _digits[_step])}"
                : $"{_readable}-{_hash.AsSpan(0, _digits[_step])}";

        public bool TryLengthen()
        {
            if (_step == _digits.Length - 1) return false;
            _step++;
            return true;
        }
    }

    private static string Readable(string id)
    {
        var name = new StringBuilder();
        foreach (var rune in id.EnumerateRunes())
        {
            if (rune.Value is '_' or '.' || Rune.IsLetterOrDigit(rune) || IsMark(rune)) name.Append(rune);
            else if (name.Length == 0 || name[^1] != '-') name.Append('-');
        }

        // A dot in front hides a file or climbs a folder, and Windows drops one at the end. A '-' in front looks like an option.
        return name.ToString().Trim('-', '.');
    }

    // Belongs to the letter before it, as in many scripts.
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark;

    private static string Cut(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes) return name;
        var (length, bytes) = (0, 0);
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes - _digits[1] - 1) break;
            length += rune.Utf16SequenceLength;
        }

        return name[..length].TrimEnd('-', '.');
    }
}

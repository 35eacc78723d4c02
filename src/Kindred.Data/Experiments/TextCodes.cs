using System.Text;
using Kindred.Populations;

namespace Kindred.Data.Experiments;

/// <summary>Numbers for texts, shared by threads.</summary>
internal sealed class TextCodes
{
    /// <summary>The result for a text without a number.</summary>
    public const int Unknown = -2;

    private readonly Lock _lock = new();
    private readonly IdTable _texts = new();
    private readonly int _most;
    private readonly Func<int, KindredException>? _tooMany;
    private readonly Action<string>? _unknown;

    /// <summary>Creates numbers for texts known in advance; other texts get none.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="unknown">Receives other texts, one call at a time.</param>
    public TextCodes(IEnumerable<string> texts, Action<string>? unknown = null)
    {
        _unknown = unknown;
        foreach (var text in texts) _texts.GetOrAdd(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Creates numbers on demand: a new text gets the next number, in an order that depends on threads.</summary>
    /// <param name="most">Maximum number of texts.</param>
    /// <param name="tooMany">Creates the exception for more texts.</param>
    public TextCodes(int most, Func<int, KindredException> tooMany) => (_most, _tooMany) = (most, tooMany);

    /// <summary>True if new texts get no number.</summary>
    public bool IsFixed => _tooMany is null;

    /// <summary>The known texts, by number.</summary>
    public IReadOnlyList<string> Texts => [.. Enumerable.Range(0, _texts.Count).Select(i => Encoding.UTF8.GetString(_texts[i]))];

    /// <summary>The number of a text, or <see cref="Unknown"/>.</summary>
    public int Of(ReadOnlySpan<byte> utf8)
    {
        if (IsFixed)
        {
            var known = _texts.Find(utf8);
            if (known < 0) Tell(utf8);
            return known >= 0 ? known : Unknown;
        }

        lock (_lock)
        {
            var code = _texts.GetOrAdd(utf8);
            return code < _most ? code : throw _tooMany!(_most);
        }
    }

    private void Tell(ReadOnlySpan<byte> utf8)
    {
        if (_unknown is null) return;
        var text = Encoding.UTF8.GetString(utf8);
        lock (_lock) _unknown(text);
    }
}

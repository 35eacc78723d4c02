using System.Text;
using Kindred.Populations;

namespace Kindred.Data.Experiments;

/// <summary>Numbers of texts, shared by threads.</summary>
internal sealed class TextCodes
{
    /// <summary>The number of a text that has none.</summary>
    public const int Unknown = -2;

    private readonly Lock _lock = new();
    private readonly IdTable _texts = new();
    private readonly int _most;
    private readonly Func<int, KindredException>? _tooMany;

    /// <summary>Texts that are known in advance; no others get a number.</summary>
    public TextCodes(IEnumerable<string> texts)
    {
        foreach (var text in texts) _texts.GetOrAdd(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Each text gets the next number when it is first seen, in an order that depends on threads.</summary>
    /// <param name="most">The most texts.</param>
    /// <param name="tooMany">What to throw if there are more.</param>
    public TextCodes(int most, Func<int, KindredException> tooMany) => (_most, _tooMany) = (most, tooMany);

    /// <summary>Whether no text gets a number any more.</summary>
    public bool IsFixed => _tooMany is null;

    /// <summary>The texts so far, by number.</summary>
    public IReadOnlyList<string> Texts => [.. Enumerable.Range(0, _texts.Count).Select(i => Encoding.UTF8.GetString(_texts[i]))];

    /// <summary>The number of a text, or <see cref="Unknown"/>.</summary>
    public int Of(ReadOnlySpan<byte> utf8)
    {
        if (IsFixed) return _texts.Find(utf8) is >= 0 and var known ? known : Unknown;
        lock (_lock)
        {
            var code = _texts.GetOrAdd(utf8);
            return code < _most ? code : throw _tooMany!(_most);
        }
    }
}

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kindred.Pipeline.Settings;

/// <summary>A YAML parser that rejects deep nesting: the library would overflow its stack, which cannot be caught.</summary>
/// <param name="parser">The parser.</param>
internal sealed class ShallowParser(IParser parser) : IParser
{
    private const int MostNested = 32;

    private int _depth;

    public ParsingEvent? Current => parser.Current;

    /// <summary>The last line that could be read.</summary>
    public long Line { get; private set; } = 1;

    public bool MoveNext()
    {
        if (!parser.MoveNext()) return false;
        var at = parser.Current!;
        Line = at.End.Line;
        if (at is MappingStart or SequenceStart) _depth++;
        if (at is MappingEnd or SequenceEnd) _depth--;
        return _depth <= MostNested
            ? true
            : throw new SemanticErrorException(at.Start, at.End, $"more than {MostNested} maps and lists are nested");
    }
}

namespace Kindred.Data.Parquet;

/// <summary>Checks the tree of columns in a footer: the library walks it by recursion, and gives every column its whole path.</summary>
internal sealed class ParquetSchemaCheck
{
    private const int MostElements = 1 << 16;
    private const int MostNested = 32;
    private const long MostPathBytes = 1 << 26;

    private readonly Stack<(int Children, long PathBytes, int Level)> _groups = new();
    private long _pathBytes;

    /// <summary>Reads the list of the tree's elements, each before its children.</summary>
    /// <exception cref="InvalidDataException">The tree is too large or too deep.</exception>
    public static void Read(ref ThriftReader reader)
    {
        var understood = reader.TryList(out var count, out var type) && (type == ThriftReader.Struct || count == 0);
        if (!understood) throw ParquetFooter.NotUnderstood();
        if (count > MostElements)
        {
            throw new InvalidDataException($"its footer describes {count:N0} columns; at most {MostElements:N0} are read");
        }

        var tree = new ParquetSchemaCheck();
        for (var i = 0; i < count; i++)
        {
            if (!TryElement(ref reader, out var name, out var children)) throw ParquetFooter.NotUnderstood();
            tree.Add(name, children);
        }
    }

    private void Add(int nameBytes, int children)
    {
        var (above, level) = (0L, 0);
        if (_groups.TryPop(out var group))
        {
            (above, level) = (group.PathBytes, group.Level);
            if (group.Children > 1) _groups.Push(group with { Children = group.Children - 1 });
        }

        if (children > 0)
        {
            // A last child takes the place of its group on the stack, so the levels are counted.
            _groups.Push((children, above + nameBytes + 1, level + 1));
            if (level >= MostNested) throw new InvalidDataException($"its columns are nested in more than {MostNested} levels");
            return;
        }

        _pathBytes += above + nameBytes;
        if (_pathBytes > MostPathBytes) throw new InvalidDataException($"the names of its columns have more than {MostPathBytes:N0} bytes");
    }

    private static bool TryElement(ref ThriftReader reader, out int nameBytes, out int children)
    {
        (nameBytes, children) = (0, 0);
        var seen = 0UL;
        for (var id = 0; ;)
        {
            if (!reader.TryOnlyField(ref id, ref seen, out var type)) return false;
            if (type == 0) return true;
            var read = (id, type) switch
            {
                (4, ThriftReader.Binary) => reader.TryText(out nameBytes),
                (5, ThriftReader.Int32) => reader.TryNumber(out children),
                _ => reader.TrySkip(type),
            };
            if (!read) return false;
        }
    }
}

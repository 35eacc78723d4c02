using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Writes structures of Thrift's compact protocol, also such as no writer of Parquet makes.</summary>
internal sealed class ThriftBytes
{
    private readonly List<byte> _bytes = [];
    private readonly Stack<int> _outer = new();
    private int _last;

    public byte[] ToArray() => [.. _bytes];

    public ThriftBytes Int32(int id, int value) => Field(id, 5).Number(value);

    public ThriftBytes Int64(int id, long value) => Field(id, 6).Number(value);

    public ThriftBytes Text(int id, string value) => Field(id, 8).Text(value);

    /// <summary>A structure as a field.</summary>
    public ThriftBytes Struct(int id, Action<ThriftBytes> content)
    {
        Field(id, 12);
        return Element(content);
    }

    /// <summary>A list of structures as a field, which may claim another number of elements than it has.</summary>
    public ThriftBytes List(int id, IReadOnlyCollection<Action<ThriftBytes>> elements, int? claimed = null)
    {
        Begin(id, 12, claimed ?? elements.Count);
        foreach (var element in elements) Element(element);
        return this;
    }

    public ThriftBytes Numbers(int id, params int[] values)
    {
        Begin(id, 5, values.Length);
        foreach (var value in values) Number(value);
        return this;
    }

    public ThriftBytes Texts(int id, params string[] values)
    {
        Begin(id, 8, values.Length);
        foreach (var value in values) Text(value);
        return this;
    }

    /// <summary>The beginning of a list as a field: its kind of elements and their number.</summary>
    public ThriftBytes Begin(int id, int kind, int count)
    {
        Field(id, 9);
        _bytes.Add((byte)(0xF0 | kind));
        return Unsigned((ulong)count);
    }

    public ThriftBytes Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ThriftBytes Unsigned(ulong value)
    {
        for (; value >= 128; value >>= 7) _bytes.Add((byte)(value | 128));
        _bytes.Add((byte)value);
        return this;
    }

    public ThriftBytes Number(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Ends a structure.</summary>
    public ThriftBytes Stop() => Raw([0]);

    private ThriftBytes Element(Action<ThriftBytes> content)
    {
        _outer.Push(_last);
        _last = 0;
        content(this);
        _last = _outer.Pop();
        return Stop();
    }

    private ThriftBytes Text(string value) => Unsigned((ulong)Encoding.UTF8.GetByteCount(value)).Raw(Encoding.UTF8.GetBytes(value));

    private ThriftBytes Field(int id, int kind)
    {
        if (id > _last && id - _last <= 15)
        {
            _bytes.Add((byte)((id - _last) << 4 | kind));
        }
        else
        {
            _bytes.Add((byte)kind);
            Number(id);
        }

        _last = id;
        return this;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Kindred.Data.Tables;

/// <summary>The type of a column that is written.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The width of a number is what its column says.")]
public enum ColumnType
{
    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>float32; in CSV in the shortest form that reads back as the same bits.</summary>
    Float32,

    /// <summary>Signed 32-bit integers.</summary>
    Int32,

    /// <summary>Signed 64-bit integers.</summary>
    Int64,

    /// <summary>Unsigned bytes, for flags and small counts.</summary>
    UInt8,
}

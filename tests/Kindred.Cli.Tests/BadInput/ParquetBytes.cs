using ParquetSharp;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Parquet files with arbitrary columns.</summary>
internal static class ParquetBytes
{
    public static FileContent Of(params (string Name, Array Values)[] columns) => new(path =>
    {
        using var file = new ParquetFileWriter(path, [.. columns.Select(column => new Column(column.Values.GetType().GetElementType()!, column.Name))]);
        using var group = file.AppendRowGroup();
        foreach (var (_, values) in columns) Write(group.NextColumn(), values);
        file.Close();
    });

    /// <summary>A valid file after a change of its bytes.</summary>
    public static FileContent Changed(Func<byte[], byte[]> change) => new(path =>
    {
        Of(("user_id", new[] { "a", "b" }), ("seed_list_id", new[] { "l", "l" })).Write(path);
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
    });

    private static void Write(ColumnWriter column, Array values)
    {
        using (column)
        {
            switch (values)
            {
                case string?[] texts: Write(column, texts); break;
                case long[] numbers: Write(column, numbers); break;
                case double[] numbers: Write(column, numbers); break;
                case float[][] lists: Write(column, lists); break;
                case string[][] lists: Write(column, lists); break;
                case byte[][] bytes: Write(column, bytes); break;
                default: throw new NotSupportedException(values.GetType().Name);
            }
        }
    }

    private static void Write<T>(ColumnWriter column, T[] values)
    {
        using var writer = column.LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}

using System.IO.Compression;
using Kindred.Data.Memberships;
using Kindred.Data.Numpy;
using Kindred.Populations;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Kindred.Fuzz;

/// <summary>Writes the binary part of the corpus.</summary>
internal static class CorpusMaker
{
    private const int Users = 24;

    // Members per audience; the second audience is a larger size of the first.
    private static readonly int[][] _members = [[1, 2, 3], [1, 2, 3, 8, 9], [3, 9, 20]];

    public static void Write(string corpus)
    {
        var ids = Enumerable.Range(0, Users).Select(i => $"u{i}").ToArray();
        foreach (var file in Directory.GetFiles(Path.Combine(corpus, "csv"))) Compress(file, Path.Combine(corpus, "gzip", Path.GetFileName(file) + ".gz"));
        Directory.CreateDirectory(Path.Combine(corpus, "parquet"));
        WriteParquet(Path.Combine(corpus, "parquet", "embeddings-list.parquet"), ("user_id", ids),
            ("embedding", ids.Select((_, i) => Enumerable.Range(0, 8).Select(k => i - k / 8f).ToArray()).ToArray()));
        WriteParquet(Path.Combine(corpus, "parquet", "interactions-times.parquet"),
            ("user_id", ids), ("item_id", ids.Select((_, i) => i % 7L).ToArray()), ("weight", ids.Select((_, i) => i + 0.5).ToArray()),
            ("timestamp", ids.Select((_, i) => new DateTime(2024, 5, 1 + i)).ToArray()));
        WriteParquet(Path.Combine(corpus, "parquet", "log-events.parquet"),
            ("user_id", ids), ("arm", ids.Select((_, i) => i % 2 == 0 ? "old" : "new").ToArray()),
            ("time", ids.Select((_, i) => 1_714_521_600L + i * 900).ToArray()),
            ("event", ids.Select((_, i) => i % 3 == 0 ? "click" : "impression").ToArray()),
            ("value", ids.Select((_, i) => i / 4f).ToArray()));
        WriteTypes(Path.Combine(corpus, "parquet", "users-types.parquet"), ids);
        WriteTimes(Path.Combine(corpus, "parquet", "interactions-96-bits.parquet"), ids);
        Directory.CreateDirectory(Path.Combine(corpus, "numpy"));
        NpyFile.Write<float>(Path.Combine(corpus, "numpy", "vectors.npy"), [.. Enumerable.Range(0, 64).Select(i => i / 8f - 3)], 16, 4);
        var membership = Path.Combine(corpus, "membership", "table");
        if (Directory.Exists(membership)) Directory.Delete(membership, recursive: true);
        UserAudienceTable.Write(membership, IdList.From(ids), 3,
            () => _members.Select((users, audience) => new AudienceUsers(audience, users)));
    }

    private static void Compress(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var gzip = new GZipStream(File.Create(to), CompressionLevel.Optimal);
        gzip.Write(File.ReadAllBytes(from));
    }

    // The types of warehouses and engines.
    private static void WriteTypes(string path, string[] ids)
    {
        using var file = new ParquetFileWriter(path,
        [
            new Column<string>("user_id"), new Column<Guid?>("device"), new Column<decimal>("spend", LogicalType.Decimal(29, 3)),
            new Column<TimeSpan>("hour"), new Column<uint>("visits"), new Column<ulong>("number"), new Column<string[]>("tags"),
        ]);
        using var group = file.AppendRowGroup();
        Next(ids);
        Next([.. ids.Select((_, i) => i % 3 == 0 ? (Guid?)null : new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))]);
        Next([.. ids.Select((_, i) => i * 1.125m)]);
        Next([.. ids.Select((_, i) => TimeSpan.FromMinutes(i * 31))]);
        Next([.. ids.Select((_, i) => uint.MaxValue - (uint)i)]);
        Next([.. ids.Select((_, i) => ulong.MaxValue - (ulong)i)]);
        Next([.. ids.Select((id, _) => new[] { id, "x" })]);
        file.Close();

        void Next<T>(T[] values)
        {
            using var writer = group.NextColumn();
            writer.LogicalWriter<T>().WriteBatch(values);
        }
    }

    // Times as Spark writes them by default.
    private static void WriteTimes(string path, string[] ids)
    {
        using var schema = new GroupNode("schema", Repetition.Required,
        [
            new PrimitiveNode("user_id", Repetition.Required, LogicalType.Decimal(9, 0), PhysicalType.Int32),
            new PrimitiveNode("item_id", Repetition.Required, LogicalType.Decimal(18, 0), PhysicalType.Int64),
            new PrimitiveNode("timestamp", Repetition.Required, LogicalType.None(), PhysicalType.Int96),
        ]);
        using var properties = new WriterPropertiesBuilder().Build();
        using var file = new ParquetFileWriter(path, schema, properties);
        using var group = file.AppendRowGroup();
        Next<int>([.. ids.Select((_, i) => i)]);
        Next<long>([.. ids.Select((_, i) => i % 7L)]);
        Next<Int96>([.. ids.Select((_, i) => new Int96(i * 1_000_000, i, 2_460_000 + i))]);
        file.Close();

        void Next<T>(T[] values)
            where T : unmanaged
        {
            using var writer = (ColumnWriter<T>)group.NextColumn();
            writer.WriteBatch(values);
        }
    }

    private static void WriteParquet(string path, params (string Name, Array Values)[] columns)
    {
        using var file = new ParquetFileWriter(path,
            [.. columns.Select(column => new Column(column.Values.GetType().GetElementType()!, column.Name))]);
        using var group = file.AppendRowGroup();
        foreach (var (_, values) in columns)
        {
            using var writer = group.NextColumn();
            switch (values)
            {
                case string[] texts: writer.LogicalWriter<string>().WriteBatch(texts); break;
                case long[] numbers: writer.LogicalWriter<long>().WriteBatch(numbers); break;
                case float[] numbers: writer.LogicalWriter<float>().WriteBatch(numbers); break;
                case double[] numbers: writer.LogicalWriter<double>().WriteBatch(numbers); break;
                case DateTime[] times: writer.LogicalWriter<DateTime>().WriteBatch(times); break;
                case float[][] lists: writer.LogicalWriter<float[]>().WriteBatch(lists); break;
            }
        }

        file.Close();
    }
}

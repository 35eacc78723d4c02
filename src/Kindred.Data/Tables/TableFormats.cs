namespace Kindred.Data.Tables;

/// <summary>Recognises folders of table formats that keep deleted and replaced files, with a log that says which are live.</summary>
internal static class TableFormats
{
    // Partitions lie some folders below the table's log.
    private const int MostAbove = 5;

    /// <summary>The format of the table that a file or folder belongs to; null if there is none.</summary>
    public static string? Of(string path)
    {
        if (path.Length == 0) return null;
        try
        {
            var folder = Path.GetFullPath(path);
            for (var above = 0; above <= MostAbove && folder is not null; above++, folder = Path.GetDirectoryName(folder))
            {
                if (!Directory.Exists(folder)) continue;
                if (Directory.Exists(Path.Combine(folder, "_delta_log"))) return "Delta";
                if (Directory.Exists(Path.Combine(folder, ".hoodie"))) return "Hudi";
                var metadata = Path.Combine(folder, "metadata");
                if (Directory.Exists(metadata) && Directory.EnumerateFiles(metadata, "*.metadata.json").Any()) return "Iceberg";
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Opening the file tells.
        }

        return null;
    }

    public static KindredException Refuse(string path, string format)
    {
        var export = format switch
        {
            "Delta" => "spark.read.format(\"delta\").load(…).write.parquet(…), or DuckDB's COPY (FROM delta_scan('…')) TO 'rows.parquet'",
            "Iceberg" => "spark.table(…).write.parquet(…), or DuckDB's COPY (FROM iceberg_scan('…')) TO 'rows.parquet'",
            _ => "spark.read.format(\"hudi\").load(…).write.parquet(…)",
        };
        var article = format == "Iceberg" ? "an" : "a";
        return Errors.BadFile("table_with_log", path,
            $"this belongs to {article} {format} table, whose log says which of its files are live: read as they are, " +
            "rows that were deleted or replaced would come back",
            $"Export the table's rows first, for example with {export}; files that you know to be live can be copied to a folder of their own");
    }
}

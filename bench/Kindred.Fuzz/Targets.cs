using System.Text;
using Kindred.Data.Experiments;
using Kindred.Data.Forgotten;
using Kindred.Data.Imports;
using Kindred.Data.Inputs;
using Kindred.Data.Numpy;
using Kindred.Data.Safetensors;
using Kindred.Data.Tables;
using Kindred.Data.Values;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Ids;
using Kindred.Pipeline.Experiments;
using Kindred.Pipeline.Settings;
using Kindred.SeedLists;

namespace Kindred.Fuzz;

/// <summary>Every reader of a file or folder in Kindred.</summary>
public static class Targets
{
    private static readonly string[] _csvTokens =
    [
        "\n", "\r\n", "\r", ",", ";", "\t", "\"", "\"\"", "\"\n", " ", "\0", "\uFEFF", "\u00A0", "é", "user_id", "item_id", "seed_list_id",
        "weight", "timestamp", "country", "active", "arm", "time",
        "value", "2024-05-31", "2024-05-31T12:00:00Z", "2024-02-30", "9999-12-31T23:59:59+14:00", "0001-01-01", "1700000000000000", "true",
        "0", "../../x", "#", "=", "NaN", "1e39", "sep=;\n", "0,5", "[0.1, 0.2]", "[0.1 0.2]",
        "anna@example.org", "NULL", "\\N", "\u200B", "e\u0301", "17.0", "20241231", "30.11.2025 10:53", " UTC", "1.234,5",
    ];

    // All that is not usual, at once.
    private static readonly TableRules _rules = new()
    {
        Ids = new IdNormalization(IdForms.Trim | IdForms.Lower | IdForms.Nfc | IdForms.Digits),
        MissingIds = MissingIds.Skip,
        DecimalComma = true,
        Timestamps = TimestampFormat.TryParse("day-first", out _),
        Note = text => text.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static readonly string[] _jsonTokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "{}", "[]", "\"\"", "\\u0000", "\\ud800", "\"format\": \"kindred-population\",",
        "\"formatVersion\": 2,", "\"files\": [],", "\"path\": \"../x\"",
        "\"path\": \"/etc/hostname\"", "\"users\": 1,", "\"users\": -1,", "\"items\": 9223372036854775807,", "\"dimension\": 0,",
        "\"models\": [],", "\"shards\": [],", "\"countries\": [],", "NaN", "[[[[[[[[[[[[[[[[",
    ];

    private static readonly string[] _yamlTokens =
    [
        "\n", "  ", "- ", ": ", "{", "}", "[", "]", "&a", "*a", "<<: *a", "!!binary", "!x", "|", ">", "\"", "'", "#", "%YAML 1.2", "---",
        "...", "? ", "~", "null", "\t", "name", "population", "seeds", "lists",
        "sizes: [1%]", "columns: { user_id: uid }", "id_hash: sha256", "exclude_hashed: gone.csv", "1e999", "arms: { a: 1, b: 1 }",
        "metrics: [mean:x]", "quantile:x@0.9", "ratio:a/b", "start: 2024-05-01", "end: 9999-12-31", "pre_days: 3650", "*.csv", "/", "..",
    ];

    /// <summary>All targets.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("csv", ReadTable, _csvTokens, "tests/Formats/v1/inputs/interactions.csv", "tests/Formats/v1/inputs/seeds.csv",
            "tests/Formats/v1/inputs/users.csv"),
        new("gzip", ReadTable, _csvTokens),
        new("json-lines", ReadTable, [.. _jsonTokens, "\n", "\"user_id\":\"u1\"", "\"seed_list_id\":1", "\"e\":[1,2]", "\"e\":\"[1, 2]\"",
            "1e400", "-0.0", "\\ud83d\\ude00"]),
        new("hashed-ids", ReadHashed, [.. _csvTokens, "=", "==", "-", "_", "+", "/"]),
        new("salt", path => SaltFile.Read(path), ["hex:", "base64:", "\r\n", "\uFEFF", "=", "00"]),
        new("parquet", ReadTable, [], "tests/Formats/v1/models/seeds.parquet", "tests/Formats/v1/population/shard-00000/users.parquet",
            "tests/Formats/v1/audiences-parquet/odd.parquet"),
        new("ids", ReadIds, _csvTokens, "tests/Formats/v1/inputs/seeds.csv"),
        new("numpy", ReadNumpy, ["'<f4'", "'<f8'", "'|u1'", "'<i8'", "'fortran_order': True", "(", ",)", "(0, 9223372036854775807)",
            "'shape': (), ", "'descr': [('a', '<f4')]"],
            "tests/Formats/v1/population/shard-00000/embeddings.npy", "tests/Formats/v1/population/shard-00000/user_id_offsets.npy",
            "tests/Formats/v1/population/shard-00000/rows_by_id.npy", "tests/Formats/v1/population/shard-00000/active.npy"),
        new("safetensors", ReadSafetensors,
            ["\"dtype\":\"F32\"", "\"shape\":[0]", "\"shape\":[4611686018427387904,4611686018427387904,0]", "\"data_offsets\":[0,0]",
                "\"__metadata__\":{}", "-1", "null", "{", "}", "[", "]"],
            "tests/Formats/v1/models/models.safetensors", "tests/Formats/v2/models/models.safetensors"),
        new("population", FolderTargets.ReadPopulation, _jsonTokens, "tests/Formats/v1/population"),
        new("models", FolderTargets.ReadModels, _jsonTokens, "tests/Formats/v1/models", "tests/Formats/v2/models"),
        new("audiences", FolderTargets.ReadAny, [.. _jsonTokens, .. _csvTokens], "tests/Formats/v2/audiences",
            "tests/Formats/v1/audiences-parquet"),
        new("membership", FolderTargets.ReadMembership, _jsonTokens),
        new("store", FolderTargets.ReadStore, [.. _jsonTokens, "000001", "000002", "lists-", "index-", "models-"]),
        new("tombstones", path => Tombstones.Read(path).Contains("somebody"u8), _jsonTokens),
        new("settings", ReadRunSettings, _yamlTokens),
        new("experiment-settings", path => ExperimentSettings.Read(path), _yamlTokens),
        new("experiment-log", ReadLog, _csvTokens),
        new("times", path => Timestamp.TryParse(File.ReadAllBytes(path), out _), ["Z", "+14:00", "-", ":", "T", "e", ".", "W", " "]),
    ];

    private static void ReadTable(string path)
    {
        using (var table = TableReader.Open(path))
        {
            int[] columns = [.. table.Columns.Distinct(StringComparer.Ordinal)
                .Where(name => !table.ListColumns.Contains(name.Split('.')[0])).Take(50).Select(table.Find)];
            while (table.Read())
            {
                foreach (var column in columns) table.Utf8(column);
            }
        }

        switch (Path.GetFileName(path).Split('.', '-')[0])
        {
            case "interactions":
                Refusable(() => InteractionReader.Read([path], null, new InteractionOptions { Rules = _rules }));
                InteractionReader.Read([path]);
                break;
            case "users":
                Refusable(() => UserReader.Read([path], new UserOptions { Rules = _rules }));
                UserReader.Read([path]);
                break;
            case "embeddings":
                ReadEmbeddings(new ImportOptions { Embeddings = [path] }, path);
                break;
            case "log":
                ReadLog(path);
                break;
            default:
                Refusable(() => SeedListReader.Read([path],
                    new SeedListOptions { MetricColumns = new HashSet<string>(["clicks"], StringComparer.Ordinal), Rules = _rules }));
                SeedListReader.Read([path]);
                break;
        }
    }

    private static void ReadEmbeddings(ImportOptions options, string path)
    {
        using var read = EmbeddingReader.Read(options, path + ".spill");
        var vector = new float[read.Vectors.Dimension];
        for (var row = 0; row < read.Vectors.Count; row++) read.Vectors.Read(row, vector);
    }

    private static void ReadIds(string path)
    {
        Refusable(() => UserIdReader.Read([path]));
        Refusable(() => UserIdReader.ReadByList([path]));
        using var table = TableReader.OpenIds(path, "user_id");
        var column = table.RequireIds(table.Columns.Contains("user_id") ? "user_id" : table.Columns[0]);
        while (table.Read()) table.Id(column);
    }

    private static void ReadHashed(string path)
    {
        foreach (var function in Enum.GetValues<IdHashFunction>())
        {
            Refusable(() => SeedListReader.Read([path], new SeedListOptions { Hash = function }));
            Refusable(() => UserIdReader.Read([path], hash: function));
        }

        SeedListReader.ReadAll([path], new SeedListOptions { Hash = IdHashFunction.Sha256 });
    }

    private static void ReadNumpy(string path)
    {
        var ids = path + ".ids";
        File.WriteAllLines(ids, Enumerable.Range(0, 16).Select(i => $"u{i}"));
        AnyOf(
            () => Touch<float>(path, 2), () => Touch<byte>(path, 1), () => Touch<int>(path, 1), () => Touch<long>(path, 1),
            () => ReadEmbeddings(new ImportOptions { Embeddings = [path], Ids = ids }, path));
    }

    private static void Touch<T>(string path, int axes)
        where T : unmanaged
    {
        using var array = NpyFile.Map<T>(path, axes);
        array.Memory.ToArray();
    }

    private static void ReadSafetensors(string path)
    {
        using var file = SafetensorsFile.Open(path);
        foreach (var tensor in file.Tensors)
        {
            var read = file.Read(tensor.Name);
            if (read.Length != tensor.Count) throw new InvalidOperationException("A tensor has not as many elements as its shape says.");
        }
    }

    private static void ReadRunSettings(string path)
    {
        Beside(path, "targets.csv", "seed_list_id,owner,sizes\none,first,1%;50\n");
        Beside(path, "seeds.csv", "seed_list_id,user_id\none,u1\n");
        SettingsReader.Read(path);
    }

    private static void ReadLog(string path)
    {
        using var table = TableReader.Open(path);
        var (time, kind) = (table.Columns.Contains("time"), table.Columns.Contains("event"));
        var data = ExperimentLog.Read(
            new ExperimentLogOptions
            {
                Files = [path],
                Unit = "user_id",
                Arm = "arm",
                Time = time ? "time" : null,
                Event = kind ? "event" : null,
                Exposure = kind ? "impression" : null,
                EventId = table.Columns.Contains("id") ? "id" : null,
                Segments = table.Columns.Contains("country") ? ["country"] : [],
                Metrics = [MetricExpression.Parse("mean:value"), MetricExpression.Parse("quantile:value@0.9"),
                    MetricExpression.Parse(kind ? "ratio:click/impression" : "share:value")],
                MemoryBytes = 4 << 20,
                SpillFolder = Path.GetDirectoryName(path),
            }, null, CancellationToken.None);
        Refusable(() => ExperimentAnalyzer.Analyze(data, new AnalysisOptions()));
    }

    private static void Beside(string path, string name, string text)
    {
        var file = Path.Combine(Path.GetDirectoryName(path)!, name);
        if (!File.Exists(file)) File.WriteAllText(file, text, Encoding.UTF8);
    }

    // All readers of a format receive the file; it counts as refused if all of them refuse it.
    private static void AnyOf(params IEnumerable<Action> readers)
    {
        KindredException? last = null;
        var read = false;
        foreach (var reader in readers)
        {
            try
            {
                reader();
                read = true;
            }
            catch (KindredException refusal)
            {
                last = refusal;
            }
        }

        if (!read) throw last!;
    }

    private static void Refusable(Action read) => AnyOf(read, () => { });
}

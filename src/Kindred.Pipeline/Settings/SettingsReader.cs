using Kindred.Audiences;
using Kindred.Catalog;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Ids;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Pipeline.Settings;

/// <summary>Reads the settings of a daily run: one YAML file, or JSON, which is YAML too.</summary>
public static class SettingsReader
{
    private static readonly string[] _listFormats = ["none", "csv", "csv.gz", "parquet"];

    // Plans and manifests list options in this order, and stores contain hashes of them; newer options are appended.
    private static readonly string[] _firstOptions =
        ["max_positives", "max_negatives", "hidden_from", "hidden_units", "epochs", "regularization_per_dimension"];

    // All keys of a settings file, as in docs/guide/daily-run.md.
    private static readonly string[] _keys =
    [
        "population", "seeds", "columns", "normalize_ids", "missing_ids", "timestamp_format", "decimal_comma", "id_hash", "id_salt_file",
        "store", "targets", "lists", "exclude", "exclude_hashed", "exclude_id_hash", "exclude_id_salt_file", "keep", "sizing",
        "sample_users", "confidence", "warm_start", "publish_index", "minimum_seeds", "max_lists_per_owner", "minimum_audience",
        "minimum_kept", "exclusions_must_match", "suppress_below", "batch_lists", "training", "seed", "owner", "method", "sizes",
        "countries", "learn_from", "include_seeds", "weight_by", "schedule", "publish_lists", "publish_scores", "publish_spreadsheet_safe",
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path; paths in it are relative to its folder.</param>
    /// <exception cref="KindredException">The file cannot be read, or a setting is unknown, of the wrong type or out of range: the
    /// message names file, line, column, key, value and rule.</exception>
    public static RunSettings Read(string file)
    {
        var root = new SettingsFile(file, "docs/guide/daily-run.md").Load("run.yaml", "population: population");
        root.RequireKnown(_keys);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var common = Common(root, new ListSettings(), folder);
        var columns = ColumnsOf(root);
        var settings = new RunSettings
        {
            File = file,
            Population = PopulationOf(root, folder, out var source),
            Source = source,
            Seeds = InputGlob.Expand(root.Texts("seeds") ?? throw root.Missing("seeds"), folder, problem => root.Error("seeds", problem)),
            Store = At(folder, root.Text("store") ?? "runs"),
            Columns = columns,
            Hash = HashOf(root, folder, "id_hash", "id_salt_file", columns.Rules.Ids),
            ExcludeHash = HashOf(root, folder, "exclude_id_hash", "exclude_id_salt_file", columns.Rules.Ids),
            Exclude = Files(root, "exclude", folder),
            ExcludeHashed = Files(root, "exclude_hashed", folder),
            Default = common,
            Seed = root.Number<ulong>("seed") ?? 1,
            Sizing = root.Choice("sizing", "exact", "sampled") == "sampled" ? Sizing.Sampled : Sizing.Exact,
            SampleUsers = root.Number<int>("sample_users"),
            Training = TrainingOf(root),
        };
        settings = settings with
        {
            Keep = root.Number<int>("keep") ?? settings.Keep,
            Confidence = root.Number<double>("confidence") ?? settings.Confidence,
            WarmStart = root.Flag("warm_start") ?? settings.WarmStart,
            PublishIndex = root.Flag("publish_index") ?? settings.PublishIndex,
            BatchLists = root.Number<int>("batch_lists") ?? settings.BatchLists,
            MinimumAudience = root.Number<int>("minimum_audience") ?? settings.MinimumAudience,
            MinimumSeeds = root.Number<int>("minimum_seeds") ?? settings.MinimumSeeds,
            MaxListsPerOwner = root.Number<int>("max_lists_per_owner") ?? settings.MaxListsPerOwner,
            SuppressBelow = root.Number<int>("suppress_below") ?? settings.SuppressBelow,
            ExclusionsMustMatch = root.Flag("exclusions_must_match") ?? settings.ExclusionsMustMatch,
            MinimumKept = root.Number<double>("minimum_kept") ?? settings.MinimumKept,
        };
        var lists = new Dictionary<string, ListSettings>(StringComparer.Ordinal);
        if (root.Text("targets") is { } targets)
        {
            var table = At(folder, targets);
            if (!File.Exists(table)) throw root.Error("targets", $"'targets' names no file: {table} does not exist");
            TargetTable.Read(table, common, lists, folder);
        }

        if (root.Map("lists") is { } own)
        {
            foreach (var list in own.Keys.ToArray())
            {
                var map = own.Map(list) ?? throw own.Error(list, $"'lists.{list}' must be a map of keys and values");
                lists[list] = Common(map, lists.GetValueOrDefault(list, common), folder);
                map.RequireNothingElse();
            }

            own.RequireNothingElse();
        }

        root.RequireNothingElse();
        settings = settings with { ExcludeHash = settings.ExcludeHash ?? settings.Hash };
        RequireHash(root, settings, lists);
        if (OptionsValidation.FirstProblem(settings) is ({ } name, { } problem)) throw OutOfRange(root, name, problem);
        return settings with { Lists = lists };
    }

    /// <summary>Returns an absolute path.</summary>
    internal static string At(string folder, string path) => Path.GetFullPath(path, folder);

    /// <summary>Reads an audience size, a schedule or a list format from a table cell or a setting.</summary>
    internal static ListSettings With(ListSettings settings, string key, IReadOnlyList<string> values, string folder,
        Func<string, KindredException> error)
    {
        try
        {
            return key switch
            {
                "sizes" => settings with { Sizes = [.. values.Select(AudienceSize.Parse)] },
                "schedule" => settings with
                {
                    Schedule = Schedule.TryParse(string.Join(',', values))
                        ?? throw error($"'schedule' is '{string.Join(',', values)}'; it must be daily, paused, or days such as mon,thu"),
                },
                "publish_lists" => settings with
                {
                    ListFormat = values is [var format] && _listFormats.Contains(format) ? (format == "none" ? null : format)
                        : throw error(
                            $"'publish_lists' is '{string.Join(',', values)}'; it must be one of {string.Join(", ", _listFormats)}"),
                },
                "exclude" => settings with { Exclude = InputGlob.Expand(values, folder, error) },
                "exclude_hashed" => settings with { ExcludeHashed = InputGlob.Expand(values, folder, error) },
                _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No such setting of a list."),
            };
        }
        catch (KindredException problem) when (key == "sizes")
        {
            throw error(problem.Message.Split(". ")[0]);
        }
    }

    private static KindredException OutOfRange(SettingsNode root, string name, string problem)
    {
        var key = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        return root.Error(key, $"'{key}' {problem.TrimEnd('.')}");
    }

    private static ColumnNames ColumnsOf(SettingsNode root)
    {
        var rules = TableRuleSettings.Read(root);
        if (root.Map("columns") is not { } map) return new ColumnNames { Rules = rules };
        var columns = new ColumnNames
        {
            User = map.Text("user_id") ?? new ColumnNames().User,
            Item = map.Text("item_id") ?? new ColumnNames().Item,
            SeedList = map.Text("seed_list_id"),
            Country = map.Text("country"),
            Active = map.Text("active"),
            Weight = map.Text("weight"),
            Timestamp = map.Text("timestamp"),
            Rules = rules,
        };
        map.RequireNothingElse();
        return columns;
    }

    private static IdHashing? HashOf(SettingsNode root, string folder, string key, string saltKey, IdNormalization ids)
    {
        var (function, salt) = (root.Choice(key, "sha256", "sha1", "md5"), root.Text(saltKey));
        if (function is not null)
        {
            return new IdHashing(Enum.Parse<IdHashFunction>(function, ignoreCase: true), salt is null ? null : At(folder, salt), ids);
        }

        return salt is null
            ? null
            : throw root.Error(saltKey, $"'{saltKey}' belongs to '{key}', which is missing; add it, as in '{key}: sha256'");
    }

    private static void RequireHash(SettingsNode root, RunSettings settings, Dictionary<string, ListSettings> lists)
    {
        if (settings.ExcludeHash is not null) return;
        const string Why = "names the hash of the ids; add it, as in 'id_hash: sha256'";
        if (settings.ExcludeHashed.Count > 0) throw root.Error("exclude_hashed", $"'exclude_hashed' needs 'id_hash', which {Why}");
        if (lists.Where(list => list.Value.ExcludeHashed.Count > 0).Select(list => list.Key).Order(StringComparer.Ordinal).FirstOrDefault() is { } named)
        {
            throw root.Error("lists", $"'exclude_hashed' of list '{named}' needs 'id_hash', which {Why}");
        }
    }

    private static string PopulationOf(SettingsNode root, string folder, out PopulationSource? source)
    {
        source = null;
        if (!root.IsMap("population")) return At(folder, root.RequiredText("population"));
        var map = root.Map("population")!;
        var at = At(folder, map.RequiredText("folder"));
        if (map.Has("interactions"))
        {
            source = new PopulationSource
            {
                Interactions = Files(map, "interactions", folder),
                Users = Files(map, "users", folder),
                Dimension = map.Number<int>("dimension"),
                Copies = map.Number<int>("copies"),
            };
        }

        map.RequireNothingElse();
        return at;
    }

    private static ListSettings Common(SettingsNode map, ListSettings before, string folder)
    {
        var settings = before with
        {
            Owner = map.Text("owner") ?? before.Owner,
            Method = map.Text("method") ?? before.Method,
            Countries = map.Texts("countries") ?? before.Countries,
            LearnFromCountry = map.Choice("learn_from", "country", "everybody") is { } from ? from == "country" : before.LearnFromCountry,
            IncludeSeeds = map.Flag("include_seeds") ?? before.IncludeSeeds,
            ListScores = map.Flag("publish_scores") ?? before.ListScores,
            ListSpreadsheetSafe = map.Flag("publish_spreadsheet_safe") ?? before.ListSpreadsheetSafe,
            WeightBy = map.Texts("weight_by") ?? before.WeightBy,
        };

        // At the root these exclude users from every list; they are not defaults that a list may replace.
        string[] keys = before == new ListSettings()
            ? ["sizes", "schedule", "publish_lists"]
            : ["sizes", "schedule", "publish_lists", "exclude", "exclude_hashed"];
        foreach (var key in keys)
        {
            if (map.Texts(key) is { } values) settings = With(settings, key, values, folder, problem => map.Error(key, problem));
        }

        if (settings.Owner == ListSettings.NoOwner)
        {
            throw map.Error("owner", $"'owner' is '{ListSettings.NoOwner}', which stands for no owner");
        }

        if (settings.Sizes.Count == 0) throw map.Error("sizes", "'sizes' is empty; at least one size is needed, as in [1%]");
        foreach (var country in settings.Countries)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(country) is 0 or > IdList.MaxBytes)
            {
                throw map.Error("countries", $"'{country}' is not a country code");
            }
        }

        return settings;
    }

    private static IReadOnlyList<string> Files(SettingsNode map, string key, string folder) =>
        map.Texts(key) is { } paths ? InputGlob.Expand(paths, folder, problem => map.Error(key, problem)) : [];

    private static Dictionary<string, string> TrainingOf(SettingsNode root)
    {
        var training = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Map("training") is not { } map) return training;
        foreach (var option in Methods.All.Options.OrderBy(option => Array.IndexOf(_firstOptions, option.Name) is var place and >= 0 ? place : int.MaxValue))
        {
            object? value = option.Kind switch
            {
                MethodOptionKind.WholeNumber => map.Number<int>(option.Name),
                MethodOptionKind.Number => map.Number<double>(option.Name),
                MethodOptionKind.Flag => map.Flag(option.Name),
                _ => map.Choice(option.Name, [.. option.Choices]),
            };
            if (value is null) continue;
            if (option.Problem(value) is { } problem) throw map.Error(option.Name, $"'{map.Name(option.Name)}' {problem.TrimEnd('.')}");
            training[option.Name] = map.Text(option.Name)!;
        }

        foreach (var option in Methods.All.Options.Where(option => training.ContainsKey(option.Name)))
        {
            if (option.OnlyWith is not var (other, needed)
                || training.GetValueOrDefault(other.Name, other.Format(other.Default!)) == needed)
            {
                continue;
            }

            throw map.Error(option.Name,
                $"'{map.Name(option.Name)}' has no effect: it is read only where '{map.Name(other.Name)}' is {needed}");
        }

        map.RequireNothingElse();
        return training;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Kindred.App.DailyRuns;
using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Audiences;
using Kindred.Catalog;
using Kindred.Cli.Shell;
using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Cli.Commands;

/// <summary>Options that several commands share. Each has the same meaning in every command.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Write nothing but results and errors." };

    public static readonly Option<bool> ShowIds =
        new("--show-ids") { Description = "Also show the id of the last user in each audience." };

    public static readonly Option<bool> Replace =
        new("--replace") { Description = "Replace the output folder if Kindred wrote it. By default an existing folder is an error." };

    public static readonly Option<string> Output = Choice("--output", "Format of the result on standard output.", "text", "json");

    public static readonly Option<int> Threads =
        Number("--threads", "Worker threads: one per processor unless given. The result does not depend on it.", Environment.ProcessorCount);

    public static readonly Option<ulong> Seed = Number("--seed", "Random seed. The same inputs and seed give the same bytes.", 1UL);

    public static readonly Option<string> Population = new("--population")
    {
        Description = "Folder of a population, as written by `kindred embed` or `kindred import`.",
        Required = true,
        HelpName = "DIR",
    };

    public static readonly Option<string[]> Seeds =
        Tables("--seeds", "Seed lists: CSV, JSON lines or Parquet with user_id and, for several lists, seed_list_id.", required: true);

    public static readonly Option<string?> Forgotten = new("--forgotten")
    {
        Description = "Leave out users who were deleted permanently (`kindred forget`): a store, or its file forgotten.json.",
        HelpName = "PATH",
    };

    public static readonly Option<string[]> SeedList =
        Several("--seed-list", "Only these seed lists of the seed files. Default: all.", "ID…");

    /// <summary>The supported hash functions for ids.</summary>
    public static readonly string[] IdHashes = ["sha256", "sha1", "md5"];

    public static readonly Option<string?> IdHash = Among(
        new Option<string?>(
            "--id-hash")
        {
            Description =
                "The hash function of the ids in the seed lists (hexadecimal or Base64). Default: ids are not hashed."
        }, IdHashes);

    public static readonly Option<string?> IdSaltFile = new("--id-salt-file")
    {
        Description = "A file with the secret salt prepended to each id before hashing (--id-hash): raw bytes, or 'hex:' or 'base64:' " +
            "and the encoded bytes. Default: no salt.",
        HelpName = "FILE",
    };

    public static readonly Option<string?> Country = new("--country")
    {
        Description = "Target country: seeds, negatives, candidates and sizes are taken from it alone. Default: all countries.",
        HelpName = "CODE",
    };

    public static readonly Option<string> Method =
        Choice("--method", "The method that scores users; auto uses the blend that `kindred tune` chose, and tunes first if needed.",
            [.. Methods.All.Names]);

    public static readonly Option<bool> Servable = new("--servable")
    {
        Description = "Restrict --method auto to methods that can score at request time, from a user's embedding and activity alone.",
    };

    public static readonly Option<double?> MaxCost = new("--max-cost")
    {
        Description = "The maximum number of multiply-adds per user and list for --method auto. Default: no limit.",
        HelpName = "N",
    };

    public static readonly Option<string[]> WeightBy =
        Several("--weight-by",
            "Metric columns of the seed file that weight the seeds, as in impressions,ctr. Default: all seeds weigh the same.", "COLUMN,…");

    public static readonly Option<string[]> Rate =
        new("--rate") { Description = "Metric columns to treat as rates. Default: detected from the values.", HelpName = "COLUMN,…" };

    public static readonly Option<string[]> Count =
        new("--count") { Description = "Metric columns to treat as counts. Default: detected from the values.", HelpName = "COLUMN,…" };

    public static readonly Option<bool> LiteralWeights = new("--literal-weights")
    {
        Description = "Use the sample weights exactly as in the act-alike post, where the least engaged seed weighs 0. Default: at " +
            "least 0.1, scaled to mean 1.",
    };

    public static readonly Option<bool> SkipSmall = new("--skip-small")
    {
        Description = "Skip seed lists with fewer users than --minimum-seeds, with a note. By default they are an error.",
    };

    public static readonly Option<int> MinimumSeeds =
        Number("--minimum-seeds", "Minimum seeds in the population for a list to be trained.", new MethodSettings().MinimumSeeds);

    /// <summary>The options of <see cref="SeedRequest"/>.</summary>
    public static IEnumerable<Option> OfSeeds =>
        [Seeds, SeedList, .. ColumnOptions.OfSeeds, .. TableOptions.OfIds, .. OfIds, .. OfTrainedSeeds, TableOptions.DecimalComma, Forgotten];

    /// <summary>The options about the form of ids in seed lists.</summary>
    public static IEnumerable<Option> OfIds => [IdHash, IdSaltFile];

    /// <summary>The options about seeds that only training uses.</summary>
    public static IEnumerable<Option> OfTrainedSeeds => [WeightBy, Rate, Count, LiteralWeights, SkipSmall];

    /// <summary>The options of <see cref="App.Tuning.MethodRequest"/>.</summary>
    public static IEnumerable<Option> OfMethod => [Method, Servable, MaxCost, .. MethodOptions.All, MinimumSeeds];

    // The maximum length of a list of choices, in characters, that help shows beside an option's name.
    private const int LongestChoices = 20;

    public static Option<string> Out(string description) => new("--out") { Description = description, Required = true, HelpName = "DIR" };

    public static Option<string[]> Files(string name, string description, bool required = false) =>
        Expanded(Several(name, description, "FILE…", required));

    /// <summary>Creates an option for tables that are read once, so that one of them may be standard input.</summary>
    public static Option<string[]> Tables(string name, string description, bool required = false) => Expanded(new TableOption(name)
    {
        Description = $"{description} Use - for standard input (not Parquet).",
        Required = required,
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
    });

    /// <summary>Creates an option that takes several values.</summary>
    public static Option<string[]> Several(string name, string description, string shown, bool required = false) =>
        new(name) { Description = description, Required = required, HelpName = shown, AllowMultipleArgumentsPerToken = true };

    // A folder stands for its tables, and a pattern that the shell did not expand stands for the matching files. If nothing
    // matches, the value stays unchanged, and opening it reports the error.
    private static Option<string[]> Expanded(Option<string[]> option)
    {
        option.CustomParser = result => [.. InputGlob.Once(result.Tokens.SelectMany(token => FilesOf(token.Value)))];
        return option;
    }

    private static IReadOnlyList<string> FilesOf(string path)
    {
        if (path == StandardInput.Name) return [path];
        try
        {
            return InputGlob.Find(path) is { Count: > 0 } files ? files : [path];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [path];
        }
    }

    public static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        return Among(option, values);
    }

    /// <summary>Restricts an option to a set of values. The error for any other value names the nearest.</summary>
    public static T Among<T>(T option, params string[] values) where T : Option
    {
        option.HelpName = string.Join('|', values);
        if (option.HelpName.Length > LongestChoices)
        {
            // Beside the option's name, long lists would push every description of the command to the right.
            option.HelpName = option.Name.TrimStart('-').ToUpperInvariant();
            option.Description += $" One of {string.Join(", ", values.SkipLast(1))} and {values[^1]}.";
        }

        option.CompletionSources.Add(values);
        option.Validators.Add(result => RequireKnown(result, option.Name, values));
        return option;
    }

    /// <summary>Offers known values for shell completion. Other values are validated later.</summary>
    public static T Known<T>(T option, params string[] values) where T : Option
    {
        option.CompletionSources.Add(values);
        return option;
    }

    /// <summary>Adds an error for each unknown value.</summary>
    public static void RequireKnown(SymbolResult result, string what, IReadOnlyList<string> values)
    {
        foreach (var token in result.Tokens.Where(token => !values.Contains(token.Value)))
        {
            result.AddError($"{what} is '{token.Value}'; it must be {string.Join(", ", values.SkipLast(1))} or " +
                $"{values[^1]}.{Spelling.DidYouMean(token.Value, values)}");
        }
    }

    /// <summary>Creates an option for a number with a default.</summary>
    public static Option<T> Number<T>(string name, string description, T value) where T : struct, INumber<T> =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => value,
            HelpName = "N",
            CustomParser = result =>
            Parse(result, value)
        };

    /// <summary>Creates an option for a number without a default.</summary>
    public static Option<T?> Number<T>(string name, string description, T? value, T example) where T : struct, INumber<T>
    {
        var option = new Option<T?>(name) { Description = description, HelpName = "N", CustomParser = result => Parse(result, example) };
        if (value is not null) option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>Parses a number. Errors are in plain words, not in those of the type system.</summary>
    public static T Parse<T>(ArgumentResult result, T example) where T : struct, INumber<T>
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return value;
        result.AddError(string.Create(CultureInfo.InvariantCulture,
            $"{(result.Parent as OptionResult)?.Option.Name} is '{text}'; a {(example is double ? "number" : "whole number")} is needed, as in {example}."));
        return default;
    }

    public static Tombstones ForgottenOf(ParseResult parsed) =>
        parsed.GetValue(Forgotten) is { } path ? ForgottenList.Read(path) : Tombstones.Empty;

    public static SeedRequest SeedRequest(ParseResult parsed)
    {
        var scales = new Dictionary<string, WeightScale>(StringComparer.Ordinal);
        var metrics = Names(parsed.GetValue(WeightBy));
        if (metrics.Length == 0) Refuse(parsed, [LiteralWeights], "it needs --weight-by.");
        foreach (var name in Names(parsed.GetValue(Rate))) Add(name, WeightScale.Rate);
        foreach (var name in Names(parsed.GetValue(Count))) Add(name, WeightScale.Count);
        return new SeedRequest
        {
            Files = parsed.GetValue(Seeds) ?? [],
            Forgotten = ForgottenOf(parsed),
            Columns = ColumnOptions.Of(parsed),
            Hash = HashOf(parsed),
            Threads = ThreadsOf(parsed),
            Only = parsed.GetValue(SeedList) ?? [],
            Minimum = parsed.GetValue(MinimumSeeds),
            SkipSmall = parsed.GetValue(SkipSmall),
            Weights = new SampleWeightOptions { Metrics = metrics, Scales = scales, Literal = parsed.GetValue(LiteralWeights) },
        };

        void Add(string name, WeightScale scale)
        {
            var option = scale == WeightScale.Rate ? "--rate" : "--count";
            if (!metrics.Contains(name))
            {
                throw new UsageException($"{option} names '{name}', which is not in --weight-by. Add it to --weight-by, or leave it out.");
            }

            if (!scales.TryAdd(name, scale) && scales[name] != scale)
            {
                throw new UsageException($"'{name}' is named in both --rate and --count. Remove it from one of them.");
            }
        }
    }

    /// <summary>Reads the hash of the ids in seed lists; null if they are not hashed. The salt comes from a file, because a command line
    /// is visible in `ps`.</summary>
    public static SeedLists.IdHash? HashOf(ParseResult parsed) => HashOf(parsed, IdHash, IdSaltFile);

    /// <summary>Reads a hash from the given options.</summary>
    public static SeedLists.IdHash? HashOf(ParseResult parsed, Option<string?> function, Option<string?> saltFile)
    {
        if (parsed.GetValue(function) is not { } name)
        {
            if (parsed.GetValue(saltFile) is null) return null;
            throw new UsageException($"{saltFile.Name} needs {function.Name}. Add it, as in {function.Name} sha256.");
        }

        var salt = parsed.GetValue(saltFile) is { } file ? SaltFile.Read(file) : default;
        return new SeedLists.IdHash(Enum.Parse<IdHashFunction>(name, ignoreCase: true), salt, TableOptions.Of(parsed).Ids);
    }

    public static MethodRequest MethodRequest(ParseResult parsed)
    {
        var method = Methods.All.Get(parsed.GetValue(Method)!);
        if (!method.NeedsTuning) Refuse(parsed, [Servable, MaxCost], $"only --method {Tuned} chooses.");
        MethodOptions.RefuseOthers(parsed, [method], $"method '{method.Name}' has no such setting.");
        return MethodSettings(parsed, method.Name);
    }

    /// <summary>Reads the settings of a given method.</summary>
    public static MethodRequest MethodSettings(ParseResult parsed, string name)
    {
        if (parsed.GetValue(MaxCost) is { } cost && !(cost > 0))
        {
            throw new UsageException(FormattableString.Invariant($"--max-cost is {cost}; it must be above 0, as in 1000."));
        }

        var settings = new MethodSettings
        {
            MinimumSeeds = parsed.GetValue(MinimumSeeds),
            Seed = parsed.GetValue(Seed),
            Values = MethodOptions.ValuesOf(parsed),
        };
        OptionsValidation.Require(settings);
        return new MethodRequest
        {
            Name = name,
            Settings = settings,
            Limits = new AutoLimits(parsed.GetValue(Servable), parsed.GetValue(MaxCost))
        };
    }

    /// <summary>The names of the methods that use the result of tuning.</summary>
    public static string Tuned { get; } =
        string.Join(" or ", Methods.All.All.Where(method => method.NeedsTuning).Select(method => method.Name));

    public static int ThreadsOf(ParseResult parsed) => ThreadsOf(parsed, Threads);

    /// <summary>Reads the number of threads from a command's own option.</summary>
    public static int ThreadsOf(ParseResult parsed, Option<int> option)
    {
        var threads = parsed.GetValue(option);
        return threads is >= 1 and <= 1024
            ? threads
            : throw new UsageException(
                $"--threads is {threads}; it must be from 1 to 1,024. Leave it out to use all {Environment.ProcessorCount} processors.");
    }

    public static IReadOnlyList<AudienceSize> Sizes(string[]? texts)
    {
        // "50,000" would otherwise be parsed as the two sizes 50 and 000.
        var grouped = texts?.FirstOrDefault(text => Regex.IsMatch(text, "^[1-9][0-9]{0,2}(,[0-9]{3})+$"));
        return grouped is null
            ? [.. Names(texts).Select(AudienceSize.Parse)]
            : throw new UsageException($"'{grouped}' is ambiguous: one size with a thousands separator, or several sizes. Write " +
                $"{grouped.Replace(",", "", StringComparison.Ordinal)} for one size, or separate several sizes with spaces.");
    }

    /// <summary>Rejects options that would have no effect, so that no one relies on them.</summary>
    /// <exception cref="KindredException">One of the options was given.</exception>
    public static void Refuse(ParseResult parsed, IEnumerable<Option> options, string reason)
    {
        var typed = options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        if (typed is not null) throw new UsageException($"{typed.Name} has no effect here: {reason} Leave it out.");
    }

    /// <summary>Splits the values of an option: separate arguments, or separated by commas.</summary>
    public static string[] Names(string[]? texts) =>
        [.. (texts ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}

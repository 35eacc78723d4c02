using Kindred.Experiments;
using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Experiments;

/// <summary>Reads <c>metrics</c> of a settings file: each a text as <see cref="MetricExpression"/> reads it, or a map.</summary>
internal static class MetricSettings
{
    private const string Ads = "ads";

    public static IReadOnlyList<Metric> Read(SettingsNode root)
    {
        var items = root.Items("metrics") ?? [];
        // A metric of a preset that an item customises is not added again with the whole preset.
        var taken = items.Select(item => item.Map?.Text("preset"))
            .Where(preset => preset?.StartsWith(Ads + ".", StringComparison.Ordinal) == true)
            .Select(preset => preset![(Ads.Length + 1)..]).ToHashSet(StringComparer.Ordinal);
        var metrics = new List<Metric>();
        foreach (var item in items)
        {
            foreach (var metric in item.Map is { } map ? OfMap(map, taken) : [Expression(item.Text!, item.Error)])
            {
                if (metrics.Any(other => other.Name == metric.Name))
                {
                    throw item.Error(
                        $"there is a metric '{metric.Name}' already; give this one another name, as in name: {Plain(metric.Name)}_2");
                }

                metrics.Add(metric);
            }
        }

        return metrics;
    }

    private static IEnumerable<Metric> OfMap(SettingsNode map, HashSet<string> taken)
    {
        if (map.Text("preset") == Ads)
        {
            map.RequireNothingElse();
            return AdMetrics.All.Where(metric => !taken.Contains(metric.Name));
        }

        var metric = With(map, Basis(map));
        map.RequireNothingElse();
        return [metric];
    }

    /// <summary>Reads the definition of a metric, without its interpretation.</summary>
    private static Metric Basis(SettingsNode map)
    {
        string[] ways = ["of", "kind", "preset"];
        var given = ways.Where(map.Has).ToArray();
        if (given.Length != 1) throw map.Error(given.Length > 1 ? given[1] : "of", $"a metric is defined by exactly one of " +
            $"{string.Join(", ", ways)}, but this one has {(given.Length == 0 ? "none" : string.Join(" and ", given))}");
        if (map.Text("preset") is { } preset)
        {
            return AdMetrics.Find(preset.StartsWith(Ads + ".", StringComparison.Ordinal) ? preset[(Ads.Length + 1)..] : "")
                ?? throw map.Error("preset", $"'{map.Name("preset")}' is '{preset}'; it must be {Ads}, or one of " +
                    $"{string.Join(", ", AdMetrics.All.Select(metric => $"{Ads}.{metric.Name}"))}");
        }

        return map.Text("of") is { } of ? Expression(of, problem => map.Error("of", problem)) : Longhand(map);
    }

    /// <summary>Reads kind and quantities from separate keys, for names that an expression cannot contain.</summary>
    private static Metric Longhand(SettingsNode map)
    {
        var kind = map.Choice("kind", "mean", "share", "ratio", "quantile") switch
        {
            "mean" => MetricKind.Mean,
            "share" => MetricKind.Share,
            "ratio" => MetricKind.Ratio,
            _ => MetricKind.Quantile,
        };
        var numerator = QuantityOf(map, "numerator") ?? throw map.Missing("numerator");
        var denominator = QuantityOf(map, "denominator");
        if (denominator is null && kind == MetricKind.Ratio) throw map.Missing("denominator");
        if (denominator is not null && kind != MetricKind.Ratio)
        {
            throw map.Error("denominator", $"'{map.Name("denominator")}' is for a ratio only");
        }

        if (map.Has("quantile") && kind != MetricKind.Quantile)
        {
            throw map.Error("quantile", $"'{map.Name("quantile")}' is for a quantile only");
        }

        var quantile = ExperimentSettingsReader.Open(map, "quantile", 0.5);
        return new Metric
        {
            Name = map.RequiredText("name"),
            Kind = kind,
            Numerator = numerator,
            Denominator = denominator,
            Quantile = quantile
        };
    }

    private static Quantity? QuantityOf(SettingsNode map, string key)
    {
        if (!map.IsMap(key)) return map.Text(key) is { } text ? new Quantity { Name = text } : null;
        var inner = map.Map(key)!;
        var (type, column) = (inner.Text("event"), inner.Text("column"));
        inner.RequireNothingElse();
        if (type is null && column is null) throw map.Error(key, $"'{map.Name(key)}' needs an event, a column or both");
        return new Quantity { Name = type is null ? column! : column is null ? type : $"{type}.{column}", Event = type, Column = column };
    }

    /// <summary>Adds the other settings of the map to the metric.</summary>
    private static Metric With(SettingsNode map, Metric metric)
    {
        var role = map.Choice("role", "primary", "secondary", "guardrail") switch
        {
            "primary" => MetricRole.Primary,
            "guardrail" => MetricRole.Guardrail,
            _ => MetricRole.Secondary,
        };
        if (map.Has("margin") != (role == MetricRole.Guardrail))
        {
            throw map.Error(map.Has("margin") ? "margin" : "role",
                $"guardrails, and only they, have a margin: the tolerated relative worsening, as in {map.Name("margin")}: 0.02");
        }

        var negative = map.Flag("allows_negative") ?? false;
        metric = metric with
        {
            Name = map.Text("name") ?? metric.Name,
            Role = role,
            Margin = role == MetricRole.Guardrail ? ExperimentSettingsReader.Open(map, "margin", 0) : 0,
            Better = map.Choice("better", "higher", "lower") switch
            {
                "lower" => MetricDirection.Lower,
                "higher" => MetricDirection.Higher,
                _ => metric.Better
            },
            Scale = ExperimentSettingsReader.Open(map, "scale", metric.Scale, 0, double.PositiveInfinity),
            Covariate = map.Text("covariate"),
            Cap = map.Has("cap") ? ExperimentSettingsReader.Open(map, "cap", 0, 0, double.PositiveInfinity) : null,
            CapQuantile = map.Has("cap_quantile") ? ExperimentSettingsReader.Open(map, "cap_quantile", 0) : null,
            Numerator = metric.Numerator with { AllowsNegative = negative },
            Denominator = metric.Denominator is { } denominator ? denominator with { AllowsNegative = negative } : null,
        };
        CheckCap(map, metric);
        if (metric is { Covariate: not null, Kind: MetricKind.Quantile }) throw map.Error("covariate", "a quantile has no covariate");
        return metric;
    }

    private static void CheckCap(SettingsNode map, Metric metric)
    {
        if (metric is { Cap: not null, CapQuantile: not null })
        {
            throw map.Error("cap_quantile", $"'{map.Name("cap")}' and '{map.Name("cap_quantile")}' are two caps; leave one of them out");
        }

        var key = metric.Cap is not null ? "cap" : metric.CapQuantile is not null ? "cap_quantile" : null;
        if (key is not null && metric.Kind is MetricKind.Share or MetricKind.Quantile)
        {
            throw map.Error(key,
                $"a cap has no effect on a {(metric.Kind == MetricKind.Share ? "share" : "quantile")}; it is for means and ratios");
        }
    }

    private static Metric Expression(string text, Func<string, KindredException> error)
    {
        try
        {
            return MetricExpression.Parse(text);
        }
        catch (KindredException problem)
        {
            throw error(problem.Message.TrimEnd('.'));
        }
    }

    private static string Plain(string name) => string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));
}

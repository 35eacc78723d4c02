using System.Globalization;

namespace Kindred.Experiments;

/// <summary>Reads metrics as people type them: <c>mean:visit</c>, <c>share:purchase.value</c>, <c>ctr=ratio:click/impression</c>,
/// <c>quantile:latency@0.9</c>.</summary>
/// <remarks>
/// A kind, a colon, a quantity; a ratio has two with a slash between them, a quantile has its probability after an @. A quantity is a name
/// (the column of this name, else the events of this name; <see cref="Quantity"/>) or an event and a column with a point between them. A
/// name and an equals sign may come first; without them the text is the metric's name. Names that contain one of <c>= : / @ .</c> need a
/// settings file.
/// </remarks>
public static class MetricExpression
{
    private const double Median = 0.5;

    private static readonly string[] _kinds = ["mean", "share", "ratio", "quantile"];

    private static readonly string[] _examples = ["mean:visit", "share:spend", "ratio:click/impression", "quantile:latency@0.9"];

    /// <summary>Reads one metric.</summary>
    /// <exception cref="KindredException">The text is not a metric; the message says where it is wrong, and gives an example.</exception>
    public static Metric Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = text.IndexOf('=', StringComparison.Ordinal) + 1;
        var name = start > 0 ? text[..(start - 1)].Trim() : text.Trim();
        if (name.Length == 0) throw Error(text, 0, start > 0 ? "there is no name before the '='" : "it is empty");
        var colon = text.IndexOf(':', start);
        if (colon < 0) throw Error(text, start, "there is no ':' after the kind of the metric");
        var kind = Array.IndexOf(_kinds, text[start..colon].Trim());
        if (kind < 0)
        {
            throw Error(text, start, $"'{text[start..colon].Trim()}' is not a kind of metric; the kinds are {string.Join(", ", _kinds)}");
        }
        return Parse(text, colon + 1, (MetricKind)kind) with { Name = name };
    }

    private static Metric Parse(string text, int start, MetricKind kind)
    {
        var (slash, at) = (text.IndexOf('/', start), text.IndexOf('@', start));
        if (slash >= 0 && kind != MetricKind.Ratio)
        {
            throw Error(text, slash, $"a {_kinds[(int)kind]} is of one quantity and has no '/'", kind);
        }
        if (at >= 0 && kind != MetricKind.Quantile) throw Error(text, at, $"a {_kinds[(int)kind]} has no '@'", kind);
        if (slash < 0 && kind == MetricKind.Ratio) throw Error(text, text.Length, "a ratio needs a '/' and a denominator", kind);
        if (at < 0 && kind == MetricKind.Quantile)
        {
            throw Error(text, text.Length, "a quantile needs an '@' and its probability, from 0 to 1", kind);
        }
        var end = slash >= 0 ? slash : at >= 0 ? at : text.Length;
        return new Metric
        {
            Name = text,
            Kind = kind,
            Numerator = QuantityAt(text, start, end, kind),
            Denominator = slash < 0 ? null : QuantityAt(text, slash + 1, text.Length, kind),
            Quantile = at < 0 ? Median : QuantileAt(text, at + 1),
        };
    }

    private static Quantity QuantityAt(string text, int start, int end, MetricKind kind)
    {
        var name = text[start..end].Trim();
        if (name.Length == 0) throw Error(text, start, "the name of a quantity is missing", kind);
        var wrong = text.AsSpan(start, end - start).IndexOfAny("=:/@");
        if (wrong >= 0) throw Error(text, start + wrong, $"a '{text[start + wrong]}' is in the name of a quantity", kind);
        var parts = name.Split('.', StringSplitOptions.TrimEntries);
        return parts switch
        {
            [_] => new Quantity { Name = name },
            [{ Length: > 0 } type, { Length: > 0 } column] => new Quantity { Name = name, Event = type, Column = column },
            _ => throw Error(text, start + text[start..end].IndexOf('.', StringComparison.Ordinal),
                "a point is only allowed between an event and a column, as in purchase.value", kind),
        };
    }

    private static double QuantileAt(string text, int start) =>
        double.TryParse(text.AsSpan(start), NumberStyles.Float, CultureInfo.InvariantCulture, out var quantile) && quantile is > 0 and < 1
            ? quantile
            : throw Error(text, start, $"'{text[start..].Trim()}' is not a quantile; it must be a number between 0 and 1",
                MetricKind.Quantile);

    private static KindredException Error(string text, int at, string problem, MetricKind? kind = null) => new(
        ErrorKind.Usage, "metric_unreadable",
        string.Create(CultureInfo.InvariantCulture, $"The metric '{text}' cannot be read at character {at + 1}: {problem}."),
        $"Write it as in {(kind is { } known ? _examples[(int)known] : string.Join(", ", _examples))}.")
    {
        Values = new Dictionary<string, object?> { ["metric"] = text, ["character"] = at + 1 },
    };
}

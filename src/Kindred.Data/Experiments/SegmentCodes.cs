using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Numbers for the combinations of values of all dimensions, shared by threads. The combination without any value has number
/// 0.</summary>
internal sealed class SegmentCodes
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<string> _dimensions;
    private readonly TextCodes[] _values;

    // [dimensions] (number of the previous values, number of this one) → number of both together, from the first dimension on.
    private readonly Dictionary<(int Before, int Value), int>[] _numbers;
    private readonly List<(int Before, int Value)>[] _parts;

    public SegmentCodes(IReadOnlyList<string> dimensions)
    {
        _dimensions = dimensions;
        _values = [.. dimensions.Select(name =>
            new TextCodes(RecordLayout.MostSegments, _ => TooMany($"column '{name}' has", "different values")))];
        _numbers = [.. dimensions.Select(_ => new Dictionary<(int, int), int> { [(0, CodeColumn.None)] = 0 })];
        _parts = [.. dimensions.Select(_ => new List<(int, int)> { (0, CodeColumn.None) })];
    }

    public IReadOnlyList<TextCodes> Values => _values;

    /// <summary>The number of the values of the first dimensions together with the next value.</summary>
    public int Of(int dimension, int before, int value)
    {
        lock (_lock)
        {
            if (_numbers[dimension].TryGetValue((before, value), out var number)) return number;
            number = _parts[dimension].Count;
            if (number >= RecordLayout.MostSegments)
            {
                throw TooMany($"columns {string.Join(", ", _dimensions.Select(name => $"'{name}'"))} have", "combinations of values");
            }
            _parts[dimension].Add((before, value));
            return _numbers[dimension][(before, value)] = number;
        }
    }

    public IReadOnlyList<SegmentPlan> ToPlans() => [.. _dimensions.Select(ToPlan)];

    private SegmentPlan ToPlan(string name, int dimension)
    {
        var texts = _values[dimension].Texts;
        int[] order = [.. Enumerable.Range(0, texts.Count).OrderBy(i => texts[i], StringComparer.Ordinal)];
        var place = new int[texts.Count];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        var last = _parts.Length - 1;
        return new SegmentPlan(name, [.. order.Select(i => texts[i])], [.. Enumerable.Range(0, _parts[last].Count).Select(PlaceOf)]);

        int PlaceOf(int code)
        {
            for (var i = last; i > dimension; i--) code = _parts[i][code].Before;
            var value = _parts[dimension][code].Value;
            return value < 0 ? -1 : place[value];
        }
    }

    private static KindredException TooMany(string what, string of) => new(ErrorKind.BadInput, "segments_too_many",
        $"Segments: {what} more than {RecordLayout.MostSegments:N0} {of}. A segment is a property that many units share, such as a country.",
        "Leave such columns out, or group their values first.");
}

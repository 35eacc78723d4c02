namespace Kindred.Pipeline.Settings;

/// <summary>The days on which a list is updated: daily, some days of the week, or never.</summary>
/// <remarks>On other days its model and thresholds stay and are applied to the users of that day.</remarks>
public sealed record Schedule
{
    private static readonly string[] _days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly int _mask;

    private Schedule(int mask) => _mask = mask;

    /// <summary>Every day.</summary>
    public static Schedule Daily { get; } = new(0x7F);

    /// <summary>Never: the list is paused.</summary>
    public static Schedule Paused { get; } = new(0);

    /// <summary>True if the list is paused.</summary>
    public bool IsPaused => _mask == 0;

    /// <summary>Returns true if the list is updated on a day.</summary>
    public bool IsDue(DateOnly day) => (_mask >> (int)day.DayOfWeek & 1) != 0;

    /// <summary>Reads <c>daily</c>, <c>paused</c> or days such as <c>mon,thu</c>; null if it is none of these.</summary>
    public static Schedule? TryParse(string text)
    {
        if (text == "daily") return Daily;
        if (text == "paused") return Paused;
        var mask = 0;
        foreach (var day in text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var number = Array.IndexOf(_days, day.ToLowerInvariant());
            if (number < 0) return null;
            mask |= 1 << number;
        }

        return mask == 0 ? null : new Schedule(mask);
    }

    /// <inheritdoc/>
    public override string ToString() => _mask switch
    {
        0x7F => "daily",
        0 => "paused",
        _ => string.Join(",", _days.Where((_, day) => (_mask >> day & 1) != 0)),
    };
}

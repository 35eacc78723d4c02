using System.Globalization;

namespace Kindred.Audiences;

/// <summary>The size of an audience: a share of the target population's active users, or a number of users.</summary>
public readonly record struct AudienceSize
{
    // Decimal, so that 29% of 50 is 14.5 and not a little less.
    private readonly decimal _share;
    private readonly long _users;
    private readonly string _text;

    private AudienceSize(decimal share, long users, string text)
    {
        _share = share;
        _users = users;
        _text = text;
    }

    /// <summary>Reads <c>1%</c>, <c>0.5%</c> or <c>50000</c>.</summary>
    /// <exception cref="KindredException">The text is neither a share above 0% and up to 100% nor a number of users above 0.</exception>
    public static AudienceSize Parse(string text)
    {
        const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;
        if (text.EndsWith('%') &&
            decimal.TryParse(text.AsSpan(0, text.Length - 1), Decimal, CultureInfo.InvariantCulture, out var percent) &&
            percent is > 0 and <= 100)
        {
            return new AudienceSize(percent / 100, 0, text);
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var users) && users > 0)
        {
            return new AudienceSize(0, users, text);
        }

        throw new KindredException(ErrorKind.Usage, "audience_size_invalid",
            $"'{text}' is not an audience size.",
            "Give a share of the target population above 0% and up to 100%, such as 1%, or a number of users, such as 50000.")
        {
            Values = new Dictionary<string, object?> { ["size"] = text },
        };
    }

    /// <summary>A share of the population, in (0, 1].</summary>
    public static AudienceSize OfShare(double share) =>
        new((decimal)share, 0, (share * 100).ToString("G6", CultureInfo.InvariantCulture) + "%");

    /// <summary>The number of users out of a population: at least 1; halves round away from zero.</summary>
    public long Of(long population) =>
        _users > 0 ? _users : Math.Max(1, (long)Math.Round(_share * population, MidpointRounding.AwayFromZero));

    /// <inheritdoc/>
    public override string ToString() => _text;
}

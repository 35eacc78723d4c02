namespace Kindred.Data.Tables;

/// <summary>What people give for a text of UTF-8 and is something else, told by its first bytes.</summary>
internal static class OtherContent
{
    /// <param name="name">What it is called in errors.</param>
    /// <param name="start">Its first bytes.</param>
    /// <exception cref="KindredException">It is known not to be a text of UTF-8.</exception>
    public static void Refuse(string name, ReadOnlySpan<byte> start)
    {
        if (Find(start) is { } content) throw Errors.BadFile(name, $"this is {content.What}", content.Advice);
    }

    private static (string What, string Advice)? Find(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => ("text in UTF-32, not UTF-8", "Save it as UTF-8, or convert it with `iconv -f UTF-32 -t UTF-8`"),
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => ("text in UTF-16, not UTF-8", "Save it as UTF-8 (in Excel as \"CSV UTF-8\", not \"Unicode Text\"), or convert it with `iconv -f UTF-16 -t UTF-8`"),
        _ => null,
    };
}

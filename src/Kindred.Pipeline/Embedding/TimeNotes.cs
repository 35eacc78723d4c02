namespace Kindred.Pipeline.Embedding;

/// <summary>Tells the newest interaction, and warns if it cannot be right.</summary>
internal static class TimeNotes
{
    private const int FirstYear = 1990;

    /// <summary>Writes the note.</summary>
    /// <param name="newest">The newest interaction in Unix milliseconds; null if there are no times.</param>
    /// <param name="progress">Receives it.</param>
    /// <param name="told">True if another note tells the time.</param>
    public static void Write(long? newest, IProgressReporter progress, bool told)
    {
        if (newest is not { } milliseconds) return;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(
            Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
        var doubt = time.Year < FirstYear
            ? " That is too early: check the unit and the form of the times; spreadsheets write days since 1900, for example."
            : time > DateTimeOffset.UtcNow.AddYears(1) ? " That is far in the future: check the unit and the form of the times." : "";
        if (!told || doubt.Length > 0) progress.Note($"The newest interaction is of {time:yyyy-MM-dd HH:mm} UTC.{doubt}");
    }
}

using System.Diagnostics;

namespace Kindred.Fuzz;

/// <summary>Lets a reader read, and says what must not have happened.</summary>
/// <param name="Refused">Whether it refused what it was given.</param>
/// <param name="Signature">What tells the problem from others; null where all went as it must.</param>
/// <param name="Problem">What happened, in full; null as before.</param>
public sealed record FuzzVerdict(bool Refused, string? Signature, string? Problem)
{
    /// <summary>Lets a reader read.</summary>
    /// <param name="read">The reader.</param>
    /// <param name="path">What it is given.</param>
    /// <param name="alone">Whether the process does nothing else, so that all its memory counts; otherwise only what this thread allocates does.</param>
    public static FuzzVerdict Of(Action<string> read, string path, bool alone)
    {
        var before = Allocated(alone);
        var (refused, signature, problem) = (false, (string?)null, (string?)null);
        try
        {
            read(path);
        }
        catch (KindredException error)
        {
            refused = true;
            if (Fault(error.Message, path) is { } fault) (signature, problem) = ($"{fault}: {Frame(error)}", $"{fault}: {error}");
        }
        catch (Exception error)
        {
            (signature, problem) = ($"{error.GetType().Name}: {Frame(error)}", error.ToString());
        }

        var allocated = Allocated(alone) - before;
        if (signature is null && allocated > FuzzLimits.AllocatedBytes) (signature, problem) = ("allocates too much", $"{allocated:N0} bytes were allocated");
        if (signature is null && alone && PeakMemory.Take() is > FuzzLimits.ResidentBytes and var peak) (signature, problem) = ("holds too much memory", $"{peak:N0} bytes were held");
        return new FuzzVerdict(refused, signature, problem);
    }

    private static long Allocated(bool alone) => alone ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();

    // An error names the file, in sentences that a terminal can show.
    private static string? Fault(string message, string path)
    {
        if (message.Length > FuzzLimits.MessageLength) return "a message is too long";
        if (message.Any(letter => char.IsControl(letter))) return "a message has control characters";
        if (!message.Contains(Path.GetDirectoryName(path)!, StringComparison.Ordinal)) return "a message does not name the file";
        return message.EndsWith('.') || message.EndsWith('?') ? null : "a message does not end as a sentence";
    }

    // Line numbers would make two findings of one where something is wrong all over a method.
    private static string Frame(Exception error)
    {
        var frames = new StackTrace(error, false).GetFrames().Select(frame => frame.GetMethod()).Where(method => method?.DeclaringType?.FullName?.StartsWith("Kindred.", StringComparison.Ordinal) == true);
        return string.Join(" < ", frames.Take(2).Select(method => $"{method!.DeclaringType!.Name}.{method.Name}"));
    }
}

using System.Diagnostics;

namespace Kindred.Fuzz;

/// <summary>The outcome of reading one input.</summary>
/// <param name="Refused">True if the reader refused the input.</param>
/// <param name="Signature">A key that distinguishes the problem from others; null if there is none.</param>
/// <param name="Problem">The full description of the problem; null if there is none.</param>
public sealed record FuzzVerdict(bool Refused, string? Signature, string? Problem)
{
    /// <summary>Runs a reader on an input and judges the outcome.</summary>
    /// <param name="read">The reader.</param>
    /// <param name="path">The path of the input.</param>
    /// <param name="alone">True if the process does nothing else, so that all its memory counts; otherwise only this thread's
    /// allocations count.</param>
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

    // An error message names the file and consists of sentences that a terminal can show.
    private static string? Fault(string message, string path)
    {
        if (message.Length > FuzzLimits.MessageLength) return "a message is too long";
        if (message.Any(letter => char.IsControl(letter))) return "a message has control characters";
        if (!message.Contains(Path.GetDirectoryName(path)!, StringComparison.Ordinal)) return "a message does not name the file";
        return message.EndsWith('.') || message.EndsWith('?') ? null : "a message does not end as a sentence";
    }

    // Without line numbers, because one mistake that affects a whole method would otherwise become several findings.
    private static string Frame(Exception error)
    {
        var frames = new StackTrace(error, false).GetFrames().Select(frame => frame.GetMethod())
            .Where(method => method?.DeclaringType?.FullName?.StartsWith("Kindred.", StringComparison.Ordinal) == true);
        return string.Join(" < ", frames.Take(2).Select(method => $"{method!.DeclaringType!.Name}.{method.Name}"));
    }
}

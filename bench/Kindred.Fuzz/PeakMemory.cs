using System.Globalization;

namespace Kindred.Fuzz;

/// <summary>The process's peak memory, including native libraries, which the garbage collector does not track.</summary>
internal static class PeakMemory
{
    private const string Name = "VmHWM:";

    /// <summary>Returns the peak since it last exceeded the limit, in bytes; 0 if the system does not report it.</summary>
    public static long Take()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (!line.StartsWith(Name, StringComparison.Ordinal)) continue;
            var peak = long.Parse(line.AsSpan(Name.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) << 10;
            if (peak > FuzzLimits.ResidentBytes) Reset();
            return peak;
        }

        return 0;
    }

    private static void Reset()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}

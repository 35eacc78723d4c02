using System.Globalization;

namespace Kindred.Fuzz;

/// <summary>The most memory that the process held: native libraries' too, which the garbage collector knows nothing of.</summary>
internal static class PeakMemory
{
    private const string Name = "VmHWM:";

    /// <summary>The peak since it was last too high, in bytes; 0 where the system does not say.</summary>
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

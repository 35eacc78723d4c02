using System.Runtime.InteropServices;
using Kindred.Numerics;

namespace Kindred.Bench.Machine;

/// <summary>The machine and software of a measurement.</summary>
/// <param name="Processor">The name of the processor, from the system.</param>
/// <param name="Processors">Number of processors that this process may use.</param>
/// <param name="VectorBits">Width of the vectors that kernels use.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="System">The operating system.</param>
public sealed record MachineDescription(string Processor, int Processors, int VectorBits, string Runtime, string System)
{
    /// <summary>Describes this machine.</summary>
    public static MachineDescription OfThis() => new(
        ProcessorName(), Environment.ProcessorCount, SimdWidth.Count * 32, RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription);

    private static string ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        var line = global::System.IO.File.Exists(File)
            ? global::System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Tests.Conformance;

/// <summary>Compares the bits of this process with those of child processes that may use fewer instruction sets.</summary>
public sealed class InstructionSetTests
{
    private const string FileVariable = "KINDRED_TEST_DIGEST_FILE";
    private static readonly Lazy<string> _digest = new(ComputedDigest.Compute);

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "Avx512F")]
    [InlineData("DOTNET_EnableAVX2", "Avx2 Fma Avx512F")]
    [InlineData("DOTNET_EnableAVX", "Avx Avx2 Fma Avx512F Vector256")]
    [InlineData("DOTNET_EnableHWIntrinsic", "Avx Avx2 Fma Avx512F Vector128 Vector256")]
    public async Task Everything_has_the_same_bits_without(string switchedOff, string absent)
    {
        var file = Path.GetTempFileName();
        try
        {
            await RunChild(switchedOff, file);
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);

            // This fails if a later runtime renames a switch.
            Assert.Empty(lines[0].Split(' ').Intersect(absent.Split(' ')));
            Assert.Equal(_digest.Value, lines[1]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact(Explicit = true)]
    public void Writes_what_this_process_computes()
    {
        var present = new[]
        {
            (Avx.IsSupported, "Avx"), (Avx2.IsSupported, "Avx2"), (Fma.IsSupported, "Fma"), (Avx512F.IsSupported, "Avx512F"),
            (Vector128.IsHardwareAccelerated, "Vector128"), (Vector256.IsHardwareAccelerated, "Vector256"),
        };
        File.WriteAllLines(
            Environment.GetEnvironmentVariable(FileVariable)!,
            [string.Join(' ', present.Where(set => set.Item1).Select(set => set.Item2)), ComputedDigest.Compute()]);
    }

    private static async Task RunChild(string switchedOff, string file)
    {
        // The runtime is in <root>/shared/Microsoft.NETCore.App/<version>. This assembly runs itself.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var start = new ProcessStartInfo(Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        {
            ArgumentList =
            {
                typeof(InstructionSetTests).Assembly.Location, "-explicit", "only",
                "-method", $"{typeof(InstructionSetTests).FullName}.{nameof(Writes_what_this_process_computes)}",
            },
            Environment = { [switchedOff] = "0", [FileVariable] = file },
            RedirectStandardOutput = true,
        };
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, output);
    }
}

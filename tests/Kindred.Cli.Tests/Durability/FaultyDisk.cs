using System.Globalization;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Durability;

/// <summary>Runs the command with a library that makes one call to the disk fail (bench/faults/faults.c), compiled once.</summary>
public sealed class FaultyDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FaultyDisk()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/cc")) return;
        var made = KindredProcess.Of("/usr/bin/cc", ["-shared", "-fPIC", "-O1", "-o", Library, Path.Combine(Repository.Root, "bench/faults/faults.c"), "-ldl"]);
        Assert.True(made.Code == 0, made.Error);
    }

    private string Library => _folder["faults.so"];

    /// <summary>Skips the test where the library cannot be compiled.</summary>
    public void Require() => Assert.SkipUnless(File.Exists(Library), "The faults need Linux and a C compiler (/usr/bin/cc).");

    /// <summary>Runs the command; one call of a kind on paths under a folder fails.</summary>
    public Invocation Run(string under, string kind, int at, int error, params string[] arguments) => KindredProcess.Of("/usr/bin/env",
    [
        $"LD_PRELOAD={Library}", $"FAULT_UNDER={under}", $"FAULT_KIND={kind}",
        string.Create(CultureInfo.InvariantCulture, $"FAULT_AT={at}"), string.Create(CultureInfo.InvariantCulture, $"FAULT_ERRNO={error}"),
        .. KindredProcess.Words, .. arguments,
    ]);

    /// <summary>Runs the command without a fault.</summary>
    /// <returns>How often each kind of call touched the folder.</returns>
    public Dictionary<string, int> Count(string under, params string[] arguments)
    {
        var run = KindredProcess.Of("/usr/bin/env",
            [$"LD_PRELOAD={Library}", $"FAULT_UNDER={under}", $"FAULT_COUNT={_folder["counts"]}", .. KindredProcess.Words, .. arguments]);
        Assert.True(run.Code == 0, run.Error);
        return File.ReadLines(_folder["counts"]).Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

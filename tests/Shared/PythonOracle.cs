using System.Diagnostics;
using System.Globalization;

namespace Kindred.Tests.Shared;

/// <summary>Computes expected values with a well-known library in the system's Python; skips the test if it is missing.</summary>
internal static class PythonOracle
{
    private const string Program = "/usr/bin/python3";

    /// <summary>Runs a script in a temporary folder.</summary>
    /// <param name="script">A script that reads the files and prints numbers, separated by spaces or line breaks.</param>
    /// <param name="files">Name and text of each file.</param>
    /// <returns>The printed numbers.</returns>
    public static double[] Run(string script, params (string Name, string Text)[] files) =>
        [.. Print(script, files).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    /// <summary>Runs a script as <see cref="Run"/> does.</summary>
    /// <returns>The printed text.</returns>
    public static string Print(string script, params (string Name, string Text)[] files)
    {
        if (!File.Exists(Program)) Assert.Skip($"{Program} is missing.");
        var folder = Directory.CreateTempSubdirectory("kindred-oracle-");
        try
        {
            foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder.FullName, name), text);
            var (code, output, error) = Start(folder.FullName, script);
            if (error.Contains("ModuleNotFoundError", StringComparison.Ordinal)) Assert.Skip($"{Program} lacks a module that this test needs: {error.Trim().Split('\n')[^1]}");
            Assert.True(code == 0, error);
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Formats rows of numbers as text.</summary>
    public static string Table(IEnumerable<IEnumerable<double>> rows) =>
        string.Join('\n', rows.Select(row => string.Join(' ', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));

    private static (int Code, string Output, string Error) Start(string folder, string script)
    {
        var start = new ProcessStartInfo(Program, ["-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

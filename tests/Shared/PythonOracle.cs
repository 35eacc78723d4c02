using System.Diagnostics;
using System.Globalization;

namespace Kindred.Tests.Shared;

/// <summary>Asks the system's Python for what a well-known library computes; skips a test where there is none.</summary>
internal static class PythonOracle
{
    private const string Program = "/usr/bin/python3";

    /// <summary>Runs a script in a folder of its own.</summary>
    /// <param name="script">Reads the files and prints numbers, separated by blanks or lines.</param>
    /// <param name="files">Name and text of each file.</param>
    /// <returns>What it printed.</returns>
    public static double[] Run(string script, params (string Name, string Text)[] files)
    {
        if (!File.Exists(Program)) Assert.Skip($"There is no {Program} here to compare with.");
        var folder = Directory.CreateTempSubdirectory("kindred-oracle-");
        try
        {
            foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder.FullName, name), text);
            var (code, output, error) = Start(folder.FullName, script);
            if (error.Contains("ModuleNotFoundError", StringComparison.Ordinal)) Assert.Skip($"{Program} lacks what it is compared with here: {error.Trim().Split('\n')[^1]}");
            Assert.True(code == 0, error);
            return [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Rows of numbers as text.</summary>
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

using System.Diagnostics;
using System.Runtime.InteropServices;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.UseCases;

/// <summary>Tests that a program that references only Kindred.App produces the same bytes as the command.</summary>
public sealed class ExampleProgramTests : IDisposable
{
    private static readonly string _source = Path.Combine(Repository.Root, "tests/Kindred.App.Example");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_has_at_most_30_lines_and_references_one_project()
    {
        Assert.InRange(File.ReadAllLines(Path.Combine(_source, "Program.cs")).Length, 1, 30);
        var project = File.ReadAllText(Path.Combine(_source, "Kindred.App.Example.csproj"));
        Assert.Equal(2, project.Split("Reference Include=").Length);
        Assert.Contains("src/Kindred.App/Kindred.App.csproj", project, StringComparison.Ordinal);
    }

    [Fact]
    public void It_writes_the_same_bytes_as_the_command()
    {
        var (program, command) = (Directory.CreateDirectory(_folder["program"]).FullName, Directory.CreateDirectory(_folder["command"]).FullName);
        foreach (var folder in new[] { program, command })
        {
            Invocation.Good("generate", "--users", "2000", "--seed-lists", "3", "--min-seeds", "60", "--format", "csv", "--out", Path.Combine(folder, "world"));
        }

        var (output, notes) = RunProgram(program);
        Command("embed", "--interactions", "world/interactions.csv", "--users", "world/users.csv", "--out", "population");
        Command("check", "--population", "population", "--seeds", "world/seeds.csv");
        Command("train", "--population", "population", "--seeds", "world/seeds.csv", "--out", "models");
        Command("expand", "--population", "population", "--models", "models", "--size", "5%", "--out", "audiences");
        var quality = Command("evaluate", "--population", "population", "--seeds", "world/seeds.csv", "--output", "json").Json;
        Command("run", "world/run.yaml", "--allow-missing");

        foreach (var made in new[] { "population", "models", "audiences" }) FolderContents.AssertSame(Path.Combine(command, made), Path.Combine(program, made));
        Assert.Equal(FormattableString.Invariant($"3 {(double)quality["average_recall"]!:R} 1\n"), output);
        Assert.Equal(Published(command), Published(program));
        Assert.Contains("Training models …", notes, StringComparison.Ordinal);
        Assert.Contains("Scoring users …", notes, StringComparison.Ordinal);

        Invocation Command(params string[] arguments)
        {
            var run = KindredProcess.In(command, arguments);
            Assert.True(run.Code == 0, run.Error);
            return run;
        }
    }

    private static string Published(string folder)
    {
        var json = Invocation.Good("runs", "show", "--store", Path.Combine(folder, "world", "runs"), "--output", "json").Json;
        return json.ToJsonString();
    }

    private static (string Output, string Error) RunProgram(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Kindred.App.Example", new DirectoryInfo(AppContext.BaseDirectory).Name, "Kindred.App.Example.dll");
        var dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        using var process = Process.Start(new ProcessStartInfo(Path.GetFullPath(dotnet), [Path.GetFullPath(program), "world"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return (output, error.Result);
    }
}

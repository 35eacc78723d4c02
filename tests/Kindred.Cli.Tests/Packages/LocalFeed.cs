using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Packages;

/// <summary>The packages of this build in a feed of their own, from which they are installed as a user would, without a network.</summary>
public sealed class LocalFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LocalFeed()
    {
        Version = Invocation.Good("--version").Output.Trim().Split(' ')[1];

        // Other packages are in the cache that the build filled; these here must not get into it.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        _folder.Text("nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="cache" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);
        // All of them by one process: whatever else is in the solution says that it is not packable.
        Dotnet("pack", Path.Combine(Repository.Root, "Kindred.slnx"), "--configuration", Configuration, "--no-build", "--nologo", "--verbosity", "quiet", "--output", Feed);
    }

    /// <summary>What is packed: the libraries, and the tool.</summary>
    public static string[] Names =>
    [
        "Kindred", "Kindred.Experiments", "Kindred.Worlds", "Kindred.Data", "Kindred.Pipeline", "Kindred.App", "Kindred.Reports", "Kindred.Cli",
    ];

    public string Version { get; }

    public string Feed => _folder["feed"];

    public string this[string name] => _folder[name];

    public string Text(string name, string text) => _folder.Text(name, text);

    /// <summary>Runs the SDK where nothing but this feed and the cache is known.</summary>
    public Invocation Dotnet(params string[] arguments)
    {
        var run = KindredProcess.Of(KindredProcess.Words[0], arguments, start =>
        {
            start.WorkingDirectory = _folder.Path;
            start.Environment["NUGET_PACKAGES"] = _folder["packages"];
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
            start.Environment["UseSharedCompilation"] = "false";
            start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
            start.Environment["DOTNET_NOLOGO"] = "1";
        });
        Assert.True(run.Code == 0, $"dotnet {string.Join(' ', arguments)}\n{run.Output}{run.Error}");
        return run;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>These tests were built beside what is packed: artifacts/bin/PROJECT/CONFIGURATION.</summary>
    private static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')).Equals("release", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";
}

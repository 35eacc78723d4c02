using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Packages;

/// <summary>A local feed with the packages of this build, for installing them like a user, without a network.</summary>
public sealed class LocalFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LocalFeed()
    {
        Version = Invocation.Good("--version").Output.Trim().Split(' ')[1];

        // Other packages come from the build's cache, which must not receive the packages of this feed.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        _folder.Text("nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="cache" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);
        // One process packs all of them; the other projects of the solution are marked as not packable.
        Dotnet("pack", Path.Combine(Repository.Root, "Kindred.slnx"), "--configuration", Configuration, "--no-build", "--nologo", "--verbosity", "quiet", "--output", Feed);
    }

    /// <summary>The names of the packages: the libraries and the tool.</summary>
    public static string[] Names =>
    [
        "Kindred", "Kindred.Experiments", "Kindred.Worlds", "Kindred.Data", "Kindred.Pipeline", "Kindred.App", "Kindred.Reports", "Kindred.Cli",
    ];

    public string Version { get; }

    public string Feed => _folder["feed"];

    public string this[string name] => _folder[name];

    public string Text(string name, string text) => _folder.Text(name, text);

    /// <summary>Runs the SDK with only this feed and the cache as sources.</summary>
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

    /// <summary>The build configuration of the packages, which is that of these tests (artifacts/bin/PROJECT/CONFIGURATION).</summary>
    private static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')).Equals("release", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";
}

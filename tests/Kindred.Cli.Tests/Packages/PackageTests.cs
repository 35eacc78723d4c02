using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Packages;

/// <summary>Tests of the tool and the libraries, installed from a feed like a user installs them.</summary>
public sealed class PackageTests(LocalFeed feed, SmallWorld world) : IClassFixture<LocalFeed>
{
    [Fact]
    public void Each_package_has_metadata_readme_documentation_and_symbols()
    {
        Assert.Equal(LocalFeed.Names.SelectMany(name => new[] { $"{name}.{feed.Version}.nupkg", $"{name}.{feed.Version}.snupkg" }).Order(StringComparer.Ordinal), Directory.GetFiles(feed.Feed).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var name in LocalFeed.Names)
        {
            using var package = ZipFile.OpenRead(Path.Combine(feed.Feed, $"{name}.{feed.Version}.nupkg"));
            using var symbols = ZipFile.OpenRead(Path.Combine(feed.Feed, $"{name}.{feed.Version}.snupkg"));
            using var described = package.GetEntry($"{name}.nuspec")!.Open();
            var metadata = XDocument.Load(described).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value, StringComparer.Ordinal);
            Assert.Equal((name, feed.Version, "Apache-2.0", "README.md", "The Kindred authors"), (metadata["id"], metadata["version"], metadata["license"], metadata["readme"], metadata["authors"]));
            Assert.InRange(metadata["description"].Length, 40, 300);
            Assert.NotNull(package.GetEntry("README.md"));
            Assert.Contains(package.Entries, entry => entry.Name == $"{name}.dll");
            Assert.Contains(package.Entries, entry => entry.Name == $"{name}.xml");
            Assert.Contains(symbols.Entries, entry => entry.Name == $"{name}.pdb");
        }
    }

    [Fact]
    public void No_package_contains_a_path_of_the_build_machine()
    {
        Assert.SkipUnless(AppContext.BaseDirectory.TrimEnd('/').EndsWith("release", StringComparison.Ordinal), "A debug build keeps paths for debuggers.");
        var root = Encoding.UTF8.GetBytes(Repository.Root);
        foreach (var file in Directory.GetFiles(feed.Feed))
        {
            using var package = ZipFile.OpenRead(file);
            foreach (var entry in package.Entries.Where(entry => entry.Name.StartsWith("Kindred", StringComparison.Ordinal)))
            {
                using var bytes = new MemoryStream();
                using (var stream = entry.Open()) stream.CopyTo(bytes);
                Assert.True(bytes.ToArray().AsSpan().IndexOf(root) < 0, $"{entry.FullName} of {Path.GetFileName(file)} names {Repository.Root}");
            }
        }
    }

    [Fact]
    public void The_tool_installs_from_the_feed_and_makes_the_world_of_this_build()
    {
        feed.Dotnet("tool", "install", "Kindred.Cli", "--version", feed.Version, "--tool-path", feed["tool"], "--configfile", feed["nuget.config"]);
        var kindred = Path.Combine(feed["tool"], OperatingSystem.IsWindows() ? "kindred.exe" : "kindred");
        InstalledCommand.AssertWorks(kindred, feed["tool-world"], start => start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(KindredProcess.Words[0]));
    }

    [Fact]
    public void The_readme_example_compiles_and_runs_with_the_packaged_library()
    {
        var code = Repository.Between(File.ReadAllText(Path.Combine(Repository.Root, "README.md")), "```csharp\n", "```")!;
        feed.Text("example.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="example.cs" />
                <PackageReference Include="Kindred.Data" Version="[{feed.Version}]" />
              </ItemGroup>
            </Project>
            """);
        feed.Text("example.cs", code);
        feed.Dotnet("build", "example.csproj", "--configuration", "Release", "--output", feed["example"], "--nologo", "--verbosity", "quiet");
        Directory.CreateSymbolicLink(feed["population"], world.Population);
        File.Copy(world.Seeds, feed["seeds.csv"]);
        var lines = feed.Dotnet(Path.Combine(feed["example"], "example.dll")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(world.SeedsOf.Count + 1, lines.Length);
        var evaluated = Invocation.Good("evaluate", "--population", world.Population, "--seeds", world.Seeds, "--output", "json").Json;
        Assert.Equal($"average recall {(double)evaluated["average_recall"]!:F3}", lines[^1].TrimEnd());
    }
}

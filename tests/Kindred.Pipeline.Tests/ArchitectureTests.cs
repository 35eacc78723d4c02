using System.Reflection;
using Kindred.Pipeline.Running;

namespace Kindred.Pipeline.Tests;

/// <summary>What may import what, beyond the library's own rooms.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void The_pipeline_stands_on_the_library_and_on_files_and_on_nothing_that_is_thin() =>
        Assert.Equal(["Kindred", "Kindred.Data"], Ours(typeof(DailyRun).Assembly));

    [Fact]
    public void Files_stand_on_the_library_alone() =>
        Assert.Equal(["Kindred"], Ours(typeof(Kindred.Data.Models.ModelFolder).Assembly));

    [Fact]
    public void Only_records_know_a_clock()
    {
        // A task whose output depended on the time would have another output when it is done again.
        var withClock = typeof(DailyRun).Assembly.GetTypes()
            .Where(type => type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Any(member => member is MethodBase method && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(TimeProvider))))
            .Select(type => type.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["DailyRun", "ExportLog", "RunLog", "UserDeletion"], withClock);
    }

    private static IEnumerable<string> Ours(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Kindred", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}

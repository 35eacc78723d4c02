using System.Reflection;
using Kindred.Pipeline.Running;

namespace Kindred.Pipeline.Tests;

/// <summary>Rules for the pipeline beyond the table of rooms in CONTRIBUTING.md, which tests/Kindred.Cli.Tests/Rooms holds.</summary>
public sealed class ArchitectureTests
{
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
}

using System.Reflection;
using Kindred.Pipeline.Running;

namespace Kindred.Pipeline.Tests;

/// <summary>
/// Rules for the pipeline in addition to the table of rooms in CONTRIBUTING.md, which tests/Kindred.Cli.Tests/Rooms checks.
/// </summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Only_records_use_a_clock()
    {
        // If a task's output depended on the time, repeating the task would change the output.
        var withClock = typeof(DailyRun).Assembly.GetTypes()
            .Where(type => type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Any(member => member is MethodBase method && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(TimeProvider))))
            .Select(type => type.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["DailyRun", "ExportLog", "RunLog", "StoreHold", "UserDeletion", "VersionSwitch"], withClock);
    }
}

using System.Reflection;
using NetArchTest.Rules;

namespace Kindred.Tests.Conformance;

/// <summary>
/// Rules for the library in addition to the table of rooms in CONTRIBUTING.md, which tests/Kindred.Cli.Tests/Rooms checks.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly _library = typeof(KindredException).Assembly;

    [Fact]
    public void The_library_depends_only_on_the_runtime()
    {
        var names = _library.GetReferencedAssemblies().Select(reference => reference.Name!);
        Assert.All(names, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_uses_a_clock_a_host_or_an_unseeded_random_number() =>
        AssertSuccessful(Types.InAssembly(_library).ShouldNot().HaveDependencyOnAny(
            "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Random", "System.Guid",
            "System.IO.File", "System.IO.Directory"));

    [Fact]
    public void Public_classes_are_sealed() =>
        Assert.All(
            _library.GetExportedTypes().Where(type => type.IsClass && type != typeof(KindredException)),
            type => Assert.True(type.IsSealed, $"{type.FullName} is not sealed."));

    private static void AssertSuccessful(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, "These break the rule: " + string.Join(", ", result.FailingTypeNames ?? []));
    }
}

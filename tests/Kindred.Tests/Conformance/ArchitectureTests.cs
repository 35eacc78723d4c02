using System.Reflection;
using NetArchTest.Rules;

namespace Kindred.Tests.Conformance;

/// <summary>Rules for the library beyond the table of rooms in CONTRIBUTING.md, which tests/Kindred.Cli.Tests/Rooms holds.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly _kindred = typeof(KindredException).Assembly;

    [Fact]
    public void The_library_needs_nothing_but_the_runtime()
    {
        var names = _kindred.GetReferencedAssemblies().Select(reference => reference.Name!);
        Assert.All(names, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_knows_a_clock_a_host_or_an_unseeded_random_number() =>
        AssertHolds(Types.InAssembly(_kindred).ShouldNot().HaveDependencyOnAny(
            "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Random", "System.Guid",
            "System.IO.File", "System.IO.Directory"));

    [Fact]
    public void Public_classes_are_sealed() =>
        Assert.All(
            _kindred.GetExportedTypes().Where(type => type.IsClass && type != typeof(KindredException)),
            type => Assert.True(type.IsSealed, $"{type.FullName} is not sealed."));

    private static void AssertHolds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, "These break the rule: " + string.Join(", ", result.FailingTypeNames ?? []));
    }
}

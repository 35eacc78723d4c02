using System.Reflection;
using NetArchTest.Rules;

namespace Kindred.Tests.Conformance;

/// <summary>What may import what.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly _kindred = typeof(KindredException).Assembly;

    // A room and the rooms that it may use. Whatever is not named here is forbidden.
    private static readonly Dictionary<string, string[]> _uses = new()
    {
        ["Numerics"] = [],
        ["Statistics"] = ["Numerics"],
        ["Sampling"] = ["Numerics"],
        ["Populations"] = ["Numerics", "Statistics", "Sampling"],
        ["Embeddings"] = ["Numerics", "Statistics", "Sampling", "Populations"],
        ["SeedLists"] = ["Numerics", "Statistics", "Sampling", "Populations"],
        ["Scoring"] = ["Numerics", "Statistics", "Sampling", "Populations"],
        ["SeedModels"] = ["Numerics", "Statistics", "Sampling", "Populations", "SeedLists", "Scoring"],
        ["Audiences"] = ["Numerics", "Statistics", "Sampling", "Populations", "Scoring"],
        ["Insight"] = ["Numerics", "Statistics", "Sampling", "Populations", "SeedLists", "SeedModels"],
        ["Evaluation"] = ["Numerics", "Statistics", "Sampling", "Populations", "SeedLists", "Scoring", "SeedModels", "Audiences"],
        ["Tuning"] = ["Numerics", "Statistics", "Sampling", "Populations", "Embeddings", "SeedLists", "Scoring", "SeedModels", "Audiences", "Evaluation"],
    };

    public static TheoryData<string> Rooms => [.. _uses.Keys];

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_uses_only_rooms_upstream(string room)
    {
        var forbidden = _uses.Keys.Except(_uses[room]).Where(other => other != room).Select(other => $"Kindred.{other}").ToArray();
        AssertHolds(Types.InAssembly(_kindred).That().ResideInNamespace($"Kindred.{room}").ShouldNot().HaveDependencyOnAny(forbidden));
    }

    [Fact]
    public void Every_type_is_in_a_room_that_is_named_here()
    {
        var rooms = _kindred.GetTypes().Select(type => type.Namespace).Where(name => name?.StartsWith("Kindred.", StringComparison.Ordinal) == true)
            .Select(name => name!.Split('.')[1]).Distinct();
        Assert.Equal(_uses.Keys.Order(), rooms.Order());
    }

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

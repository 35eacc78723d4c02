using System.Text;
using Kindred.App.Simulation;
using Kindred.Audiences;
using Kindred.Data.Populations;
using Kindred.Pipeline.Serving;

namespace Kindred.App.Tests.Simulation;

/// <summary>Tests of the systems that a simulated experiment compares.</summary>
public sealed class ServedSystemTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, HashSet<string>> _seedsOf = world.Made.SeedLists.ToDictionary(
        list => list.Id, list => list.Seeds.Select(seed => seed.UserId).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Membership_at_request_time_agrees_with_the_published_index_for_every_active_user()
    {
        using var population = PopulationSnapshot.Open(world.Population);
        var (inputs, request) = Inputs(population);
        using var system = PublishedSystem.Make("combined", [], inputs, _folder["store"], request, NoProgress.Instance,
            CancellationToken.None);
        using var store = new PublishedStore(_folder["store"]);
        using var published = store.Acquire();
        var (index, audiences) = (published.Value.Index, published.Value.Audiences);
        var (asked, indexed, members) = (new int[6], new int[6], 0);
        foreach (var user in inputs.World.Users(0, (int)SmallWorld.Options.Users).Where(user => user.Active))
        {
            var found = asked[..system.Find(user, asked)];
            var inIndex = Math.Max(0, index.Find(Encoding.UTF8.GetBytes(user.Id), indexed));
            Assert.Equal(indexed[..inIndex].Select(audience => audiences[audience].SeedListId),
                found.Select(advertiser => inputs.World.Advertisers[advertiser].Name));
            Assert.All(found, advertiser => Assert.DoesNotContain(user.Id, _seedsOf[inputs.World.Advertisers[advertiser].Name]));
            members += found.Length;
        }

        Assert.Equal(6 * request.Size.Of(inputs.Active), members);
    }

    [Fact]
    public void Blended_audiences_have_the_requested_size_and_no_seeds()
    {
        using var population = PopulationSnapshot.Open(world.Population);
        var (inputs, request) = Inputs(population);
        using var system = BlendedSystem.Make(inputs, request, NoProgress.Instance, CancellationToken.None);
        var users = new int[6];
        var asked = new int[6];
        foreach (var user in inputs.World.Users(0, (int)SmallWorld.Options.Users))
        {
            foreach (var advertiser in asked[..system.Find(user, asked)])
            {
                users[advertiser]++;
                Assert.True(user.Active);
                Assert.DoesNotContain(user.Id, _seedsOf[inputs.World.Advertisers[advertiser].Name]);
            }
        }

        Assert.All(users, count => Assert.Equal(request.Size.Of(inputs.Active), count));
    }

    private (SimulationInputs Inputs, SimulateExperimentRequest Request) Inputs(Kindred.Populations.Population population)
    {
        var inputs = new SimulationInputs(world.Made.World, world.SeedFile, world.Population, population,
            Expansion.CountActive(population, null));
        return (inputs,
            new SimulateExperimentRequest { Out = "", World = SmallWorld.Options, Size = AudienceSize.Parse("7%"), Threads = 2 });
    }
}

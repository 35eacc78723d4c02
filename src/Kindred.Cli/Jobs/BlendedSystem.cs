using System.Text;
using Kindred.Audiences;
using Kindred.Cli.Terminal;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.SeedModels.Mlp;
using Kindred.Worlds;

namespace Kindred.Cli.Jobs;

/// <summary>Audiences of the former production, a method over sets: nobody has a score, so a user is in what was published or he is not.</summary>
internal sealed class BlendedSystem : ServedSystem
{
    private const string Method = "blend";

    private readonly Population _population;
    private readonly UserSet[] _audiences;

    private BlendedSystem(Population population, UserSet[] audiences)
        : base("blended", $"method {Method}; membership looked up in the published sets") => (_population, _audiences) = (population, audiences);

    /// <summary>Trains the parts, ranks the active users by each and takes them in turn.</summary>
    public static BlendedSystem Make(SimulationInputs inputs, ExperimentSimulateRequest request, Screen screen, CancellationToken cancellation)
    {
        var population = inputs.Population;
        var seeds = SeedInput.Read(new SeedRequest { Files = [inputs.Seeds] }, population, country: null, screen, cancellation);
        var mlp = new MlpOptions { Seed = request.World.Seed };
        var method = (ISetMethod)Methods.Create(new MethodRequest { Name = Method, Mlp = mlp }, inputs.PopulationFolder, population, null, seeds, request.Threads, screen, cancellation);
        var size = checked((int)request.Size.Of(inputs.Active));
        var context = TrainingContext.For(population, seed: mlp.Seed);
        var rankings = method.Parts.Select(part => Rank(part, seeds, context, size, request.Threads, screen, cancellation)).ToArray();
        var sets = seeds.Select((match, i) => UserSet.Of(population, method.Combine([.. rankings.Select(ranking => ranking[i])], size, match.Users.Count))).ToArray();
        var byName = seeds.Zip(sets).ToDictionary(pair => pair.First.List.Id, pair => pair.Second, StringComparer.Ordinal);
        return new BlendedSystem(population, [.. inputs.World.Advertisers.Select(advertiser => byName[advertiser.Name])]);
    }

    /// <inheritdoc/>
    public override int Find(WorldUser user, Span<int> advertisers)
    {
        if (_population.Find(Encoding.UTF8.GetBytes(user.Id)) is not { } row) return 0;
        var count = 0;
        for (var i = 0; i < _audiences.Length; i++)
        {
            if (_audiences[i].Contains(row)) advertisers[count++] = i;
        }

        return count;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private static UserRow[][] Rank(
        IExpansionMethod part, IReadOnlyList<SeedMatch> seeds, TrainingContext context, int size, int threads, Screen screen, CancellationToken cancellation)
    {
        var population = context.Population;
        using var line = screen.Start($"Training and ranking by {part.Name}");
        var models = ModelTraining.TrainAll(part, seeds, new SampleWeightOptions(), context, threads, share => line.Report(share * 0.9), cancellation);
        AudienceRequest[] requests = [.. seeds.Zip(models, (match, model) => new AudienceRequest(model.Scorer, size, [UserSet.Of(population, match.Users)]))];
        var ranked = AudienceSelection.Select(population, null, requests, threads, null, cancellation);
        return [.. ranked.Select(users => Array.ConvertAll(users, user => user.User))];
    }
}

using System.Text;
using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Audiences;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Worlds;

namespace Kindred.App.Simulation;

/// <summary>Audiences of the previous production method, which works on sets: users have no score, so a user either is in the
/// published set or is not.</summary>
internal sealed class BlendedSystem : ServedSystem
{
    private const string Method = "blend";

    private readonly Population _population;
    private readonly UserSet[] _audiences;

    private BlendedSystem(Population population, UserSet[] audiences)
        : base("blended", $"method {Method}; membership looked up in the published sets") =>
            (_population, _audiences) = (population, audiences);

    /// <summary>Trains the parts, ranks the active users by each part and takes users from the rankings in turn.</summary>
    public static BlendedSystem Make(SimulationInputs inputs, SimulateExperimentRequest request, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var population = inputs.Population;
        var seeds = SeedInput.Read(new SeedRequest { Files = [inputs.Seeds] }, population, country: null, progress, cancellation);
        var settings = new MethodSettings { Seed = request.World.Seed };
        var method =
            (ISetMethod)RequestedMethod.Create(new MethodRequest { Name = Method, Settings = settings }, inputs.PopulationFolder,
                population, null, seeds, request.Threads, progress, cancellation);
        var size = checked((int)request.Size.Of(inputs.Active));
        var context = TrainingContext.For(population, seed: settings.Seed);
        var rankings = method.Parts.Select(part => Rank(part, seeds, context, size, request.Threads, progress, cancellation)).ToArray();
        var sets = seeds.Select((match, i) =>
            UserSet.Of(population, method.Combine([.. rankings.Select(ranking => ranking[i])], size, match.Users.Count))).ToArray();
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
        IExpansionMethod part, IReadOnlyList<SeedMatch> seeds, TrainingContext context, int size, int threads, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var population = context.Population;
        using var line = progress.Start($"Training and ranking by {part.Name}");
        var models =
            ModelTraining.TrainAll(part, seeds, new SampleWeightOptions(), context, threads, share => line.Report(share * 0.9),
                cancellation);
        AudienceRequest[] requests =
            [.. seeds.Zip(models, (match, model) => new AudienceRequest(model.Scorer, size, [UserSet.Of(population, match.Users)]))];
        var ranked = AudienceSelection.Select(population, null, requests, threads, null, cancellation);
        return [.. ranked.Select(users => Array.ConvertAll(users, user => user.User))];
    }
}

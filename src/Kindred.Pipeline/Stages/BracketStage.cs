using Kindred.Audiences;
using Kindred.Data.Models;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Stages;

/// <summary>A size of a target after scoring its sample.</summary>
/// <param name="Size">The requested size.</param>
/// <param name="Users">The requested number of users.</param>
/// <param name="Low">The lower end of the bracket of its threshold.</param>
/// <param name="High">The upper end.</param>
internal sealed record SizeBracket(string Size, long Users, float Low, float High)
{
    /// <summary>The threshold, if the sample alone determines it.</summary>
    public SizeResult? Sampled { get; init; }
}

/// <summary>A target after scoring its sample.</summary>
/// <param name="Target">The known facts about it, without sizes.</param>
/// <param name="Sizes">The sizes by ascending users; empty if it was rejected.</param>
internal sealed record TargetBracket(TargetResult Target, IReadOnlyList<SizeBracket> Sizes);

/// <summary>Scores a uniform sample for one batch of models: brackets of their thresholds, or the thresholds themselves.</summary>
internal static class BracketStage
{
    private const string File = "brackets.json";
    private const int Quantiles = 20;

    public static void Run(StageContext context, UnitTask task) => context.Store.Objects.Make(task.Output, folder =>
    {
        context.Match(task.Units);
        var models = context.ModelsOf(task.Units);
        var results = new TargetBracket[task.Units.Count][];
        var asked = new List<(int Unit, int Target, AudienceTarget Of)>();
        for (var u = 0; u < results.Length; u++)
        {
            var unit = context.Plan.Units[task.Units[u]];
            results[u] = models[u] is { } model
                ? [.. unit.Countries.Select((country, t) => Ask(context, task.Units[u], model, country, of => asked.Add((u, t, of))))]
                : [];
        }

        var (done, pairs) = (0L, asked.Sum(target => (double)context.SampleOf(target.Of.Country).Count));
        foreach (var group in asked.GroupBy(target => target.Of.Country))
        {
            var targets = group.ToArray();
            TargetSample.ForEach(context.Population, context.SampleOf(group.Key), [.. targets.Select(target => target.Of)], context.Threads,
                (i, sample) =>
            {
                var (u, t, _) = targets[i];
                results[u][t] = Answer(context, results[u][t], sample);
            }, progress: count => context.Progress?.Invoke(Math.Min(1, Interlocked.Add(ref done, count) / pairs)),
                cancellation: context.Cancellation);

            // A few users are enough to show the score distribution.
            TargetSample.ForEach(context.Population, context.SpreadOf(group.Key), [.. targets.Select(target => target.Of)], context.Threads,
                (i, sample) =>
            {
                var (u, t, _) = targets[i];
                results[u][t] = results[u][t] with { Target = results[u][t].Target with { Quantiles = sample.Quantiles(Quantiles) } };
            }, whole: true, cancellation: context.Cancellation);
        }

        System.IO.File.WriteAllBytes(Path.Combine(folder, File), Documents.SerialiseLines(results));
        StageFormats.Complete(folder, StageFormats.Brackets);
    });

    public static TargetBracket[][] Read(string folder)
    {
        StageFormats.Require(folder, StageFormats.Brackets);
        return Documents.Read<TargetBracket[][]>(Path.Combine(folder, File), StageFormats.DamagedCode, StageFormats.Remedy);
    }

    /// <summary>Returns the targets of a batch that have brackets, with the users that they rank.</summary>
    public static IReadOnlyList<(int Place, int Target, AudienceTarget Of, TargetBracket Bracket)> Targets(StageContext context,
        UnitTask task)
    {
        var brackets = Read(context.Store.Objects.PathOf(task.Output));
        context.Match(task.Units);
        var models = context.ModelsOf(task.Units);
        var targets = new List<(int, int, AudienceTarget, TargetBracket)>();
        for (var place = 0; place < brackets.Length; place++)
        {
            for (var t = 0; t < brackets[place].Length; t++)
            {
                var bracket = brackets[place][t];
                if (bracket.Sizes.Count == 0) continue;
                var of = context.TargetOf(task.Units[place], models[place]!, context.Population.CountryNumber(bracket.Target.Country));
                targets.Add((place, t, of with { Sizes = [.. bracket.Sizes.Select(size => size.Users)] }, bracket));
            }
        }

        return targets;
    }

    private static TargetBracket Ask(StageContext context, int unit, StoredModel model, string? country, Action<AudienceTarget> ask)
    {
        var planned = context.Plan.Units[unit];
        int? number;
        try
        {
            number = context.Population.CountryNumber(country);
        }
        catch (KindredException error) when (ListProblem.Is(error))
        {
            return Rejected(country, 0, error.Message);
        }

        if (context.Plan.ExclusionsMustMatch && context.StrangersExcluded(unit) is { } strangers)
        {
            return Rejected(country, 0, FormattableString.Invariant(
                $"none of the {strangers:N0} users to exclude is in the population, so no user would be excluded. Check how their ids are written or hashed. If this is correct, set 'exclusions_must_match: false'."));
        }

        var active = context.SampleOf(number).Active;
        var of = context.TargetOf(unit, model, number);
        var candidates = of.Candidates(context.Population, active);
        var sizes = planned.Sizes.Select(AudienceSize.Parse).Select(size => (Size: size.ToString(), Users: size.Of(active)))
            .DistinctBy(size => size.Users).OrderBy(size => size.Users).ToArray();
        if (sizes[^1].Users > candidates)
        {
            return Rejected(country, candidates, FormattableString.Invariant(
                $"size {sizes[^1].Size} is {sizes[^1].Users:N0} users, but only {candidates:N0} of {active:N0} active users are neither seeds nor excluded. Ask for a smaller size, or exclude fewer users."));
        }

        string? withheld = null;
        if (sizes[0].Users < context.Plan.MinimumAudience)
        {
            withheld = FormattableString.Invariant(
                $"size {sizes[0].Size} is {sizes[0].Users:N0} users, but an audience needs at least {context.Plan.MinimumAudience:N0}, so that members cannot be guessed. Ask for a larger size, or lower 'minimum_audience'.");
            sizes = [.. sizes.Where(size => size.Users >= context.Plan.MinimumAudience)];
            if (sizes.Length == 0) return Rejected(country, candidates, withheld);
        }

        ask(of with { Sizes = [.. sizes.Select(size => size.Users)] });
        return new TargetBracket(
            new TargetResult { Country = country, Candidates = candidates, Withheld = withheld },
            [.. sizes.Select(size => new SizeBracket(size.Size, size.Users, 0, 0))]);
    }

    private static TargetBracket Answer(StageContext context, TargetBracket asked, TargetSample sample)
    {
        var target = asked.Target;
        if (context.Plan.Exact)
        {
            return new TargetBracket(target, [.. asked.Sizes.Select(size =>
            {
                var (low, high) = sample.BracketOf(size.Users);
                return size with { Low = low, High = high };
            })]);
        }

        var sizes = new List<SizeBracket>();
        string? withheld = null;
        foreach (var size in asked.Sizes)
        {
            if (sample.ThresholdOf(size.Users, context.Plan.Confidence) is not var (end, users))
            {
                return Rejected(asked.Target.Country, asked.Target.Candidates,
                    "none of its candidates is in the sample. Raise 'sample_users', or use 'sizing: exact'.");
            }

            if (users.Low < context.Plan.MinimumAudience)
            {
                withheld = FormattableString.Invariant(
                    $"size {size.Size} may have only {users.Low:N0} users according to the sample, but an audience needs at least {context.Plan.MinimumAudience:N0}. Ask for a larger size, raise 'sample_users', or use 'sizing: exact'.");
                continue;
            }

            sizes.Add(size with
            {
                Sampled = new SizeResult(size.Size, (long)Math.Round(users.Expected), end.Score,
                    System.Text.Encoding.UTF8.GetString(context.Population.UserId(end.Last)))
                {
                    StandardError = Math.Round(users.StandardError, 3),
                    Low = users.Low,
                    High = users.High,
                },
            });
        }

        return sizes.Count == 0
            ? Rejected(asked.Target.Country, asked.Target.Candidates, withheld!)
            : new TargetBracket(target with { Withheld = target.Withheld ?? withheld }, sizes);
    }

    private static TargetBracket Rejected(string? country, long candidates, string reason) =>
        new(new TargetResult { Country = country, Candidates = candidates, Rejected = reason }, []);
}

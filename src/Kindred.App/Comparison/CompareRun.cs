using Kindred.App.Tuning;
using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;

namespace Kindred.App.Comparison;

/// <summary>Evaluates methods one after the other, each on all threads, and keeps finished parts.</summary>
internal sealed class CompareRun(CompareRequest request, Population population, PartsFolder parts, IProgressReporter progress,
    CancellationToken cancellation)
{
    private readonly Evaluator _evaluator = new(population, request.Evaluate.Evaluation);
    private readonly Dictionary<string, string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Methods that this population does not support, with the reason.</summary>
    public IReadOnlyList<(string Method, string Reason)> LeftOut => [.. _leftOut.Select(pair => (pair.Key, pair.Value))];

    /// <summary>The number of active users that are ranked.</summary>
    public long Candidates => _evaluator.Candidates;

    /// <summary>Measures every usable method at each size.</summary>
    public IReadOnlyList<IReadOnlyList<ComparedPart>> Measure(
        IReadOnlyList<(int? Seeds, IReadOnlyList<IReadOnlyList<HoldOut>> Splits)> sizes)
    {
        var variants = MethodVariant.Of(request);
        string[] slow = [.. Methods.All.All.Where(method => method.IsSlow && request.Methods.Count == 0
            && variants.All(variant => variant.Name != method.Name)).Select(method => method.Name)];
        if (slow.Length > 0) progress.Note($"Left out, because it takes many times as long as the others: {string.Join(", ", slow)}. Name it to compare it too.");
        var done = new Dictionary<(string Method, int? Seeds), ComparedPart>();
        var number = 0;
        foreach (var (seeds, splits) in sizes)
        {
            foreach (var variant in variants)
            {
                number++;
                if (Part(variant, seeds, splits, $"{number}/{variants.Count * sizes.Count}") is { } part)
                {
                    done.Add((variant.Label, seeds), part);
                }
            }
        }

        string[] kept = [.. variants.Where(variant => !_leftOut.ContainsKey(variant.Name)).Select(variant => variant.Label)];
        if (kept.Length < 2)
        {
            throw new KindredException(ErrorKind.BadInput, "too_few_methods",
                $"Fewer than two methods can be used on this population: {string.Join(" ", _leftOut.Values)}", "");
        }

        return [.. sizes.Select(size => kept.Select(name => done[(name, size.Seeds)]).ToArray())];
    }

    private ComparedPart? Part(MethodVariant variant, int? seeds, IReadOnlyList<IReadOnlyList<HoldOut>> splits, string number)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_leftOut.ContainsKey(variant.Name)) return null;
        var name = variant.Label;
        var title = seeds is null ? name : FormattableString.Invariant($"{name} with {seeds:N0} seeds");
        var key = CompareParts.Name(name, seeds);
        if (CompareParts.Read(parts, key, CompareParts.Tuning(variant.Name, request.Evaluate.Population), out var damaged) is { } finished)
        {
            progress.Note($"{number}  {title}: kept from the stopped run.");
            return finished;
        }

        if (damaged) progress.Note($"{number}  {title}: the kept part is damaged, so it is measured again.");

        try
        {
            var part = Evaluate(variant, splits, $"{number}  {title}");
            CompareParts.Write(parts, key, CompareParts.Tuning(variant.Name, request.Evaluate.Population), part);
            progress.Note($"{number}  {title}: average recall {part.Result.AverageRecall:F4}; {part.Cost.TrainSeconds:F1} s of training, {part.Cost.ScoreSeconds:F1} s of scoring.");
            return part;
        }
        catch (KindredException problem) when (request.Methods.Count == 0 && variant.Name != request.Baseline
            && problem.Kind == ErrorKind.BadInput)
        {
            // A request for all methods means all that the population supports.
            _leftOut.Add(variant.Name, problem.Message);
            progress.Note($"{number}  {variant.Name} is left out: {problem.Message}");
            return null;
        }
    }

    private ComparedPart Evaluate(MethodVariant variant, IReadOnlyList<IReadOnlyList<HoldOut>> splits, string title)
    {
        var evaluate = request.Evaluate;
        var training = splits.Select(HoldOut.TrainedOnInAll).ToArray();
        var method = RequestedMethod.Create(
            evaluate.Method with { Name = variant.Name }, evaluate.Population, population, evaluate.Evaluation.Country, training,
            evaluate.Evaluation.Threads, progress, cancellation);
        using var line = progress.Start(title);
        using var meter = new MethodCost.Meter();
        var result = _evaluator.Evaluate(method, splits, variant.Weights, line.Report, meter.Scoring, cancellation);
        return new ComparedPart(result with { Method = variant.Label }, meter.Read(), Words(method.Reads));
    }

    private static string Words(UserInputs reads)
    {
        string[] words = [.. new[] { (UserInputs.Embedding, "embedding"), (UserInputs.Activity, "activity"), (UserInputs.Items, "items") }
            .Where(input => reads.HasFlag(input.Item1)).Select(input => input.Item2)];
        return words.Length == 0 ? "nothing" : string.Join(", ", words);
    }
}

using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Cli.Jobs;

/// <summary>Evaluates methods one after the other, each on all threads, and keeps what is finished.</summary>
internal sealed class CompareRun(CompareRequest request, Population population, PartsFolder parts, Screen screen, CancellationToken cancellation)
{
    private readonly Evaluator _evaluator = new(population, request.Evaluate.Evaluation);
    private readonly Dictionary<string, string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Methods that cannot be used on this population, with the reason.</summary>
    public IReadOnlyList<(string Method, string Reason)> LeftOut => [.. _leftOut.Select(pair => (pair.Key, pair.Value))];

    /// <summary>Active users that are ranked.</summary>
    public long Candidates => _evaluator.Candidates;

    /// <summary>For each size, every method that can be used.</summary>
    public IReadOnlyList<IReadOnlyList<(EvaluationResult Result, MethodCost Cost)>> Measure(IReadOnlyList<(int? Seeds, IReadOnlyList<IReadOnlyList<HoldOut>> Splits)> sizes)
    {
        var variants = MethodVariant.Of(request);
        var done = new Dictionary<(string Method, int? Seeds), (EvaluationResult Result, MethodCost Cost)>();
        var number = 0;
        try
        {
            foreach (var (seeds, splits) in sizes)
            {
                foreach (var variant in variants)
                {
                    number++;
                    if (Part(variant, seeds, splits, $"{number}/{variants.Count * sizes.Count}") is { } part) done.Add((variant.Label, seeds), part);
                }
            }
        }
        catch (OperationCanceledException stopped) when (parts.Count > 0)
        {
            throw new StoppedException(FormattableString.Invariant(
                $"Stopped. {parts.Count:N0} finished parts are kept in {parts.Path}: the same command with --resume goes on from there."), stopped);
        }

        string[] kept = [.. variants.Where(variant => !_leftOut.ContainsKey(variant.Name)).Select(variant => variant.Label)];
        if (kept.Length < 2) throw new KindredException(ErrorKind.BadInput, $"Fewer than two methods can be used on this population: {string.Join(" ", _leftOut.Values)}");
        return [.. sizes.Select(size => kept.Select(name => done[(name, size.Seeds)]).ToArray())];
    }

    private (EvaluationResult Result, MethodCost Cost)? Part(MethodVariant variant, int? seeds, IReadOnlyList<IReadOnlyList<HoldOut>> splits, string number)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_leftOut.ContainsKey(variant.Name)) return null;
        var name = variant.Label;
        var with = seeds is null ? (FormattableString)$"" : $" with {seeds:N0} seeds";
        if (CompareParts.Read(parts, CompareParts.Name(name, seeds)) is { } finished)
        {
            screen.Note($"{number}  {name}{FormattableString.Invariant(with)}: kept from the run that was stopped.");
            return finished;
        }

        try
        {
            using var line = screen.Start($"{number}  {name}{FormattableString.Invariant(with)}");
            var part = Evaluate(variant, splits, line);
            CompareParts.Write(parts, CompareParts.Name(name, seeds), part.Result, part.Cost);
            line.Dispose();
            screen.Note($"{number}  {name}{FormattableString.Invariant(with)}: average recall {part.Result.AverageRecall:F4}; {part.Cost.TrainSeconds:F1} s of training, {part.Cost.ScoreSeconds:F1} s of scoring.");
            return part;
        }
        catch (KindredException problem) when (request.Methods.Count == 0 && variant.Name != request.Baseline)
        {
            // Whoever asks for all methods wants those that there can be.
            _leftOut.Add(variant.Name, problem.Message);
            screen.Note($"{number}  {variant.Name} is left out: {problem.Message}");
            return null;
        }
    }

    private (EvaluationResult Result, MethodCost Cost) Evaluate(MethodVariant variant, IReadOnlyList<IReadOnlyList<HoldOut>> splits, ProgressLine line)
    {
        var method = Methods.Create(variant.Name, request.Evaluate.Mlp);
        using var meter = new MethodCost.Meter();
        var result = _evaluator.Evaluate(method, splits, variant.Weights, line.Report, meter.Trained, cancellation);
        return (result with { Method = variant.Label }, meter.Read());
    }
}

using Kindred.App.Evaluation;
using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Comparison;

/// <summary>Compares several methods on the same splits.</summary>
public static class CompareMethods
{
    // Gains are over the act-alike post's baseline, or over the method nearest to it if that one is not compared.
    private static readonly string[] _baselines = ["regression", "ridge", "activity"];

    /// <summary>Compares methods, and keeps each finished part, so that a stopped comparison can be resumed.</summary>
    /// <param name="request">The splits, the methods, and the folder beside which parts are kept.</param>
    /// <param name="save">Saves the result; the parts are deleted after it returns. Null to save nothing.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops between parts.</param>
    /// <exception cref="KindredException">An input is wrong, or fewer than two methods can be used.</exception>
    /// <exception cref="StoppedException">The comparison was stopped, and finished parts are kept.</exception>
    public static CompareResult Run(
        CompareRequest request, Action<CompareResult>? save, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var population = PopulationSnapshot.Open(request.Evaluate.Population);
        var splits = EvaluateMethod.Splits(request.Evaluate, population, progress, cancellation);
        var parts = CompareParts.Open(request, population, splits);
        try
        {
            var result = Compare(request, population, splits, parts, progress, cancellation);
            save?.Invoke(result);
            parts.Delete();
            return result;
        }
        catch (OperationCanceledException stopped) when (parts.Count > 0)
        {
            throw new StoppedException(FormattableString.Invariant(
                $"Stopped. {parts.Count:N0} finished parts are kept in {parts.Path}: the same comparison can be resumed from there."),
                    stopped);
        }
    }

    private static CompareResult Compare(
        CompareRequest request, Population population, IReadOnlyList<IReadOnlyList<HoldOut>> splits, PartsFolder parts,
        IProgressReporter progress, CancellationToken cancellation)
    {
        string? listsNote = null;
        IReadOnlyList<(int? Seeds, IReadOnlyList<IReadOnlyList<HoldOut>> Splits)> sizes = request.SeedSizes.Count == 0
            ? [(null, splits)]
            : [.. SeedSizes.Of(splits, request.SeedSizes, request.Evaluate.Method.Settings.MinimumSeeds, request.Evaluate.Evaluation.Seed,
                population, progress, out listsNote)
                .Select(size => ((int?)size.Seeds, size.Splits))];
        var run = new CompareRun(request, population, parts, progress, cancellation);
        var measured = run.Measure(sizes);
        var baseline = Baseline(request, [.. measured[0].Select(method => method.Result.Method)], out var baselineNote);
        if (baselineNote is not null) progress.Note($"{baselineNote}");
        return new CompareResult
        {
            Sizes = [.. sizes.Zip(measured, (size, methods) => new ComparedSize(
                size.Seeds,
                MethodComparison.Of([.. methods.Select(method => method.Result)], baseline, request.Evaluate.Evaluation.Seed,
                    [.. Methods.All.All.Where(method => !method.IsTrained).Select(method => method.Name)]),
                [.. methods.Select(method => method.Cost)]))],
            Methods = [.. measured[0].Select(method => new ComparedMethod(method.Result.Method, method.Reads))],
            LeftOut = run.LeftOut,
            BaselineNote = baselineNote,
            ListsNote = listsNote,
            Candidates = run.Candidates,
            Repeats = splits[0].Count,
            Weighting = CompareWeighting.Of(measured[^1].Select(method => method.Result), request.Evaluate.Evaluation.Seed),
            Country = request.Evaluate.Evaluation.Country,
        };
    }

    private static string Baseline(CompareRequest request, string[] methods, out string? note)
    {
        note = null;
        if (request.Baseline is { } asked) return asked;
        var found = _baselines.FirstOrDefault(methods.Contains) ?? methods[^1];
        if (found != _baselines[0]) note = $"'{_baselines[0]}' is not among the methods: gains are over '{found}' instead.";
        return found;
    }
}

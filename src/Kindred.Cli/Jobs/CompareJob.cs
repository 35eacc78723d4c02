using Kindred.Cli.Reports;
using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Cli.Jobs;

/// <summary>Measures several methods on the same splits and says which is ahead, and how surely.</summary>
internal static class CompareJob
{
    public const string Format = "kindred-comparison";
    public const string FiguresFile = "comparison.json";
    public const string TimesFile = "timings.json";
    public const string PageFile = "report.html";

    // Gains are over the post's baseline; where it is not compared, over what is nearest to it.
    private static readonly string[] _baselines = ["regression", "ridge", "activity"];

    public static CompareResult Run(CompareRequest request, Screen screen, CancellationToken cancellation)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, Format);
        using var population = PopulationSnapshot.Open(request.Evaluate.Population);
        var splits = EvaluateJob.Splits(request.Evaluate, population, screen, cancellation);
        var parts = CompareParts.Open(request, population, splits);
        try
        {
            var result = Compare(request, population, splits, parts, screen, cancellation);
            Write(output.Path, result);
            cancellation.ThrowIfCancellationRequested();
            output.Commit();
            parts.Delete();
            return result;
        }
        catch (OperationCanceledException stopped) when (parts.Count > 0)
        {
            throw new StoppedException(FormattableString.Invariant(
                $"Stopped. {parts.Count:N0} finished parts are kept in {parts.Path}: the same command with --resume goes on from there."), stopped);
        }
    }

    private static void Write(string folder, CompareResult result)
    {
        OutputFile.Write(Path.Combine(folder, FiguresFile), JsonText.Of(ComparisonJson.Figures(result)));
        OutputFile.Write(Path.Combine(folder, TimesFile), JsonText.Of(ComparisonJson.Times(result)));
        OutputFile.Write(Path.Combine(folder, PageFile), CompareReport.Render(result));
        // Times differ from run to run: what holds them is no part of what the same inputs must give again.
        FolderManifest.Describe(folder, Format, 1, [], TimesFile, PageFile).Write(folder);
    }

    private static CompareResult Compare(
        CompareRequest request, Population population, IReadOnlyList<IReadOnlyList<HoldOut>> splits, PartsFolder parts, Screen screen, CancellationToken cancellation)
    {
        string? listsNote = null;
        IReadOnlyList<(int? Seeds, IReadOnlyList<IReadOnlyList<HoldOut>> Splits)> sizes = request.SeedSizes.Count == 0
            ? [(null, splits)]
            : [.. SeedSizes.Of(splits, request.SeedSizes, request.Evaluate.Method.Mlp.MinimumSeeds, request.Evaluate.Evaluation.Seed, population, screen, out listsNote)
                .Select(size => ((int?)size.Seeds, size.Splits))];
        var run = new CompareRun(request, population, parts, screen, cancellation);
        var measured = run.Measure(sizes);
        var baseline = Baseline(request, [.. measured[0].Select(method => method.Result.Method)], out var baselineNote);
        if (baselineNote is not null) screen.Note($"{baselineNote}");
        return new CompareResult
        {
            Sizes = [.. sizes.Zip(measured, (size, methods) => new ComparedSize(
                size.Seeds,
                MethodComparison.Of([.. methods.Select(method => method.Result)], baseline, request.Evaluate.Evaluation.Seed, Methods.Untrained),
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

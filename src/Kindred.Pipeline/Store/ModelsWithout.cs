using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;

namespace Kindred.Pipeline.Store;

/// <summary>Rewrites the trained models of a version without those that hold a permanently deleted user.</summary>
internal static class ModelsWithout
{
    /// <summary>Rewrites the outputs of training.</summary>
    /// <returns>The units: without a model where it was deleted, so that the next run trains it again.</returns>
    /// <exception cref="KindredException">An output is missing or damaged, or the disk is full or fails.</exception>
    public static UnitResult[] Rewrite(RunStore store, UnitResult[] units, Tombstones forgotten)
    {
        var renamed = new Dictionary<string, (string Output, HashSet<int> Deleted)>(StringComparer.Ordinal);
        foreach (var output in units.Select(unit => unit.Model?.Output).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (Rewrite(store, output, forgotten) is { } rewritten) renamed.Add(output, rewritten);
        }

        return renamed.Count == 0 ? units : [.. units.Select(unit =>
            unit.Model is not { } model || !renamed.TryGetValue(model.Output, out var now) ? unit
            : now.Deleted.Contains(model.Index) ? unit with { Model = null, ModelKey = "" }
            : unit with { Model = model with { Output = now.Output } })];
    }

    /// <returns>The new output, and the places in it without a model; null if nothing has to be deleted.</returns>
    private static (string Output, HashSet<int> Deleted)? Rewrite(RunStore store, string output, Tombstones forgotten)
    {
        var folder = store.Objects.Require(output);
        var outcomes = TrainOutcome.Read(folder);
        var models = TrainOutcome.ModelsIn(folder);
        var deleted = ModelFolderWithout.FindDeleted(models, forgotten);
        if (deleted.Count == 0) return null;
        var now = VersionsWithout.Renamed(output, forgotten);
        store.Objects.Make(now, path =>
        {
            var kept = 0;
            TrainOutcome.Write(path, [.. outcomes.Select(outcome => outcome with
            {
                Model = outcome.Model is { } model && !deleted.Contains(model) ? kept++ : null,
            })]);
            ModelFolderWithout.Write(models, TrainOutcome.ModelsIn(path), forgotten, deleted);
            StageFormats.Complete(path, StageFormats.Train);
        });
        return (now, [.. Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i].Model is { } model && deleted.Contains(model))]);
    }
}

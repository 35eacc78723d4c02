using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Comparison;

/// <summary>The controlled size experiment: the same lists, the same held-out users and the same candidates; only the number of seeds
/// trained on varies.</summary>
internal static class SeedSizes
{
    /// <summary>Returns, for each size in ascending order, the splits of the lists that reach all sizes.</summary>
    /// <param name="splits">The splits of each list.</param>
    /// <param name="sizes">The requested numbers of seeds.</param>
    /// <param name="minimum">The minimum number of seeds that methods train on.</param>
    /// <param name="seed">Seed of the samples.</param>
    /// <param name="population">The users.</param>
    /// <param name="progress">Receives notes on sizes and lists that are left out.</param>
    /// <param name="note">A description of the lists that the curves are about.</param>
    /// <exception cref="KindredException">A size is too small, or no list is large enough for any size.</exception>
    public static IReadOnlyList<(int Seeds, IReadOnlyList<IReadOnlyList<HoldOut>> Splits)> Of(
        IReadOnlyList<IReadOnlyList<HoldOut>> splits, IReadOnlyList<int> sizes, int minimum, ulong seed, Population population,
        IProgressReporter progress, out string note)
    {
        if (sizes.Min() < minimum)
        {
            throw new KindredException(ErrorKind.Usage, "seed_size_too_small",
                FormattableString.Invariant(
                    $"The smallest number of seeds is {sizes.Min():N0}, but models are trained on at least {minimum:N0} seeds."),
                "Ask for larger numbers, or lower the minimum number of seeds.");
        }

        var longest = splits.Max(Seeds);
        int[] reached = [.. sizes.Distinct().Order().Where(size => size <= longest)];
        if (reached.Length == 0)
        {
            throw new KindredException(ErrorKind.BadInput, "seed_size_too_large",
                FormattableString.Invariant(
                    $"The smallest number of seeds is {sizes.Min():N0}, but the largest list has {longest:N0} seeds to train on."),
                "Ask for smaller numbers, or give larger lists.");
        }

        if (reached.Length < sizes.Distinct().Count())
        {
            progress.Note($"Sizes above {longest:N0} are left out: no list has that many seeds to train on.");
        }

        var kept = splits.Where(list => Seeds(list) >= reached[^1]).ToArray();
        note = FormattableString.Invariant(
            $"{kept.Length:N0} of {splits.Count:N0} seed lists: those with at least {reached[^1]:N0} seeds to train on");
        progress.Note($"Sizes {string.Join(", ", reached)} are measured on {note}.");
        return [.. reached.Select(size => (size, (IReadOnlyList<IReadOnlyList<HoldOut>>)[.. kept.Select(list =>
            (IReadOnlyList<HoldOut>)[.. list.Select(split => split.WithTraining(size, seed, population))])]))];
    }

    private static int Seeds(IReadOnlyList<HoldOut> list) => list.Min(split => split.Training.Users.Count);
}

using System.Text;
using Kindred.Data.Populations;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Privacy.Tests;

/// <summary>Tests the claims of docs/privacy.md about an attacker who has exported audiences and all users' embeddings.</summary>
public sealed class MembershipInferenceTests(Town town)
{
    private const string Linear = "method: linear";

    [Fact]
    public void An_audience_without_seeds_reveals_them_and_one_with_seeds_reveals_far_less()
    {
        using var leftOut = Attacked(include: false, Linear);
        using var included = Attacked(include: true, Linear);
        var (ids, scores) = (leftOut.Figures(withScores: false), leftOut.Figures(withScores: true));
        var (mixedIds, mixedScores) = (included.Figures(withScores: false), included.Figures(withScores: true));
        var likeness = leftOut.Likeness();
        Report("no attack: likeness alone", likeness);
        Report("seeds left out, ids", ids);
        Report("seeds left out, ids and scores", scores);
        Report("seeds included, ids", mixedIds);
        Report("seeds included, ids and scores", mixedScores);

        // A known leak: docs/privacy.md says to give such audiences only to the list's owner.
        Assert.InRange(ids.Matched, 0.6, 1);
        Assert.InRange(scores.Matched, ids.Matched - 0.02, 1);
        Assert.True(scores.Found > 2 * likeness.Found, $"{scores.Found} is not far above {likeness.Found}");

        // The promise for audiences with seeds and without scores.
        Assert.InRange(mixedIds.Auc, 0.5, likeness.Auc + 0.05);
        Assert.InRange(mixedIds.Matched, 0.4, 0.62);
        Assert.InRange(mixedIds.Found, 0, 2 * likeness.Found + 0.02);
        Assert.InRange(likeness.Matched, 0.45, 0.55);
    }

    [Fact]
    public void Published_scores_reveal_the_model_and_absent_users_above_the_threshold_are_seeds()
    {
        using var attacked = Attacked(include: false, Linear);
        var absentees = Suspects.Sum(attacked.Lists.Select(list => Suspects.Absent(list.Fit, list.Export, list.IsSeed)));
        Report($"absent above the threshold: {absentees}");
        Assert.InRange(absentees.Named, 20, int.MaxValue);
        Assert.Equal(absentees.Named, absentees.Right);
    }

    [Fact]
    public void Thresholds_sizes_and_counts_reveal_no_user_ids()
    {
        using var platform = new Platform(town, "sizes: [1%, 5%]");
        platform.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));
        var shown = platform.Show("ann") + platform.Show("ann", "--output", "json");
        Assert.DoesNotContain(town.Users, user => shown.Contains(user, StringComparison.Ordinal));
    }

    [Fact]
    public void The_area_under_the_curve_is_the_share_of_pairs_in_the_right_order() =>
        Gen.Select(Gen.Int[-3, 3].Array[2, 40], Gen.Bool.Array[40])
            .Where((values, marks) => marks.Take(values.Length).Distinct().Count() == 2).Sample((values, marks) =>
        {
            var indexes = Enumerable.Range(0, values.Length);
            var pairs = indexes.Where(i => marks[i])
                .SelectMany(i => indexes.Where(j => !marks[j]).Select(j => values[i] > values[j] ? 1 : values[i] == values[j] ? 0.5 : 0));
            Assert.Equal(pairs.Average(), AttackFigures.AreaUnderCurve([.. values.Select(value => (double)value)], marks[..values.Length]),
                1e-12);
        });

    private static void Report(string attack, AttackFigures figures) =>
        Report(FormattableString.Invariant($"{attack}: AUC {figures.Auc:F3}, at equal likeness {figures.Matched:F3}, found at 1 in 1,000 {figures.Found:P1}"));

    private static void Report(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    private AttackedPlatform Attacked(bool include, string method) => new(town, include, method);

    /// <summary>A platform and an attacker who reads its published files.</summary>
    private sealed class AttackedPlatform : IDisposable
    {
        private readonly Population _population;

        public AttackedPlatform(Town town, bool include, string method)
        {
            using var platform = new Platform(town, "sizes: [5%]", method, $"include_seeds: {(include ? "true" : "false")}");
            platform.Run(town.ListsOf("ann"));
            Include = include;
            _population = PopulationSnapshot.Open(town.Population);
            var crowd = new Crowd(_population);
            Export[] exports = [.. town.OfAnn.Select(list => platform.Audience("ann", list)).Select(rows =>
                new Export(
                    [.. rows.Select(row => crowd.PlaceOf(_population.Find(Encoding.UTF8.GetBytes(row.User))!.Value))],
                    [.. rows.Select(row => row.Score)]))];
            SeedMatch[] matches = [.. town.OfAnn.Select(list => SeedMatch.Of(
                list, town.Lists[list].Select(user => _population.Find(Encoding.UTF8.GetBytes(user))!.Value), _population))];
            var (surrogates, placed) = (Attacks.Surrogates(crowd, exports, threads: 2), Attacks.Placed(crowd, matches, threads: 2));
            Lists = [.. exports.Select((export, i) => new AttackedList(
                export, crowd.Mark(matches[i].Users), placed[i], surrogates[i], ScoreFit.Predict(crowd, export, surrogates[i])))];
        }

        public bool Include { get; }

        public IReadOnlyList<AttackedList> Lists { get; }

        public void Dispose() => _population.Dispose();

        public AttackFigures Likeness() => Mean(list => list.Placed);

        public AttackFigures Figures(bool withScores) => Mean(list =>
            Include
                ? Attacks.Present(withScores ? list.Fit : list.Surrogate, list.Export)
                : Attacks.Absent(withScores ? list.Fit : list.Surrogate, list.Export));

        private AttackFigures Mean(Func<AttackedList, double[]> suspicion)
        {
            var all = Lists.Select(list => AttackFigures.Of(suspicion(list), list.IsSeed, list.Placed)).ToArray();
            return new AttackFigures(all.Average(of => of.Auc), all.Average(of => of.Matched), all.Average(of => of.Found));
        }
    }

    private sealed record AttackedList(Export Export, bool[] IsSeed, double[] Placed, double[] Surrogate, double[] Fit);
}

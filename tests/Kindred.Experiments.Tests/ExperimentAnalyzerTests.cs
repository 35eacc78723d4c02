using Kindred.Experiments.Analysis;

namespace Kindred.Experiments.Tests;

/// <summary>Tests verdicts and findings on hand-made moments.</summary>
public sealed class ExperimentAnalyzerTests
{
    private const long Units = 10_000;

    [Fact]
    public void A_metric_that_is_better_beyond_chance_wins()
    {
        var analysis = Analyze([Share("visit", MetricRole.Primary)], [[.10, .12]]);

        Assert.Equal(MetricFinding.Better, analysis.Treatments[0].Metrics[0].Finding);
        Assert.Equal(Outcome.Better, analysis.Treatments[0].Outcome);
        Assert.Equal(.2, analysis.Treatments[0].Metrics[0].Decisive.Relative.Estimate, 12);
    }

    [Fact]
    public void A_decrease_wins_if_the_metric_declares_less_as_better()
    {
        var metric = Share("hides", MetricRole.Primary) with { Better = MetricDirection.Lower };

        Assert.Equal(Outcome.Worse, Analyze([metric], [[.10, .12]]).Treatments[0].Outcome);
        Assert.Equal(Outcome.Better, Analyze([metric], [[.12, .10]]).Treatments[0].Outcome);
    }

    [Fact]
    public void A_small_difference_is_not_shown() =>
        Assert.Equal(Outcome.NoDifferenceShown, Analyze([Share("visit", MetricRole.Primary)], [[.10, .1005]]).Treatments[0].Outcome);

    [Fact]
    public void Rare_events_are_too_few_unless_their_difference_is_overwhelming()
    {
        // 30 against 50 of 10,000 units: p is .025. Against 70 it is 6e-5.
        var few = Analyze([Share("purchase", MetricRole.Primary)], [[.003, .005]]).Treatments[0];
        var plain = Analyze([Share("purchase", MetricRole.Primary)], [[.003, .007]]).Treatments[0];

        Assert.InRange(few.Metrics[0].Raw.Absolute.PValue, .02, .03);
        Assert.Equal((MetricFinding.TooFew, Outcome.TooFewData), (few.Metrics[0].Finding, few.Outcome));
        Assert.Equal(30, few.Metrics[0].EffectiveUnits.Control, 6);
        Assert.Equal(Outcome.Better, plain.Outcome);
        // With fewer than 10 events per arm no difference is accepted.
        Assert.Equal(Outcome.TooFewData, Analyze([Share("purchase", MetricRole.Primary)], [[.0001, .0018]]).Treatments[0].Outcome);
    }

    [Fact]
    public void A_sample_ratio_mismatch_stops_the_verdict()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]) with { Units = [Units, Units - 600] };
        var analysis = ExperimentAnalyzer.Analyze(data, new AnalysisOptions());

        Assert.Equal(Outcome.Untrustworthy, analysis.Treatments[0].Outcome);
        Assert.Equal(DistrustReason.SampleRatio, Assert.Single(analysis.Distrusts).Reason);
        // The same sizes are correct if they were planned.
        Assert.Equal(Outcome.Better, ExperimentAnalyzer.Analyze(data, new AnalysisOptions { PlannedWeights = [100, 94] }).Treatments[0].Outcome);
    }

    // p is .00319, .0146 and .00000191.
    [Theory]
    [InlineData(42, 8, .05, "", "SampleRatio")]
    [InlineData(48, 3, .01, "", "")]
    [InlineData(20, 0, .5, "EmptyArm", "")]
    [InlineData(39, 1, .5, "SampleRatio", "")]
    public void A_sample_ratio_between_the_alarm_and_a_hundredth_is_a_warning(long control, long treatment, double share, string reasons, string warnings)
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]) with { Units = [control, treatment] };
        var analysis = ExperimentAnalyzer.Analyze(data, new AnalysisOptions { PlannedWeights = [1 - share, share] });

        Assert.Equal(reasons, string.Join(' ', analysis.Distrusts.Select(distrust => distrust.Reason)));
        Assert.Equal(warnings, string.Join(' ', analysis.Warnings.Select(warning => warning.Reason)));
        // Whoever sets a higher alarm gets no warning in addition.
        var strict = ExperimentAnalyzer.Analyze(data, new AnalysisOptions { PlannedWeights = [1 - share, share], SampleRatioAlarm = .05 });
        Assert.NotEmpty(strict.Distrusts);
        Assert.Empty(strict.Warnings);
    }

    [Theory]
    [InlineData("control", "Control", "", "'control' and 'Control'")]
    [InlineData("control", "control ", "", "'control' and 'control '")]
    [InlineData("old arm", "OLDARM", "", "'old arm' and 'OLDARM'")]
    [InlineData("STRASSE", "straße", "", "")]
    [InlineData("control", "treatment", "Treatment", "'treatment' and 'Treatment'")]
    [InlineData("control", "treatment", "", "")]
    public void Arms_that_differ_only_in_case_or_white_space_are_a_warning(string one, string other, string unknown, string expected)
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]) with { Arms = [one, other], UnknownArms = unknown == "" ? [] : [unknown] };
        var analysis = ExperimentAnalyzer.Analyze(data, new AnalysisOptions());

        Assert.Equal(expected, string.Concat(analysis.Warnings.Select(warning => warning.Subject)));
        Assert.Equal(Outcome.Better, analysis.Treatments[0].Outcome);
    }

    [Fact]
    public void A_problem_of_few_units_is_uneven_only_if_chance_does_not_explain_it()
    {
        // 2 of 20 where 1% is planned: the χ² test would have p .00005.
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]) with { Units = [9_900, 100] };
        IReadOnlyList<Distrust> Found(long control, long treatment) => ExperimentAnalyzer.Analyze(
            data with { Problems = [new LogProblem(LogProblemKind.BadTime, 20, 20, [control, treatment], [])] },
            new AnalysisOptions { PlannedWeights = [99, 1] }).Distrusts;

        Assert.Empty(Found(18, 2));
        Assert.Equal(DistrustReason.UnevenProblem, Assert.Single(Found(16, 4)).Reason);
    }

    [Fact]
    public void Empty_cells_stop_the_verdict_of_a_log_of_events_but_not_of_a_table_of_units()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]);
        IReadOnlyList<Distrust> Found(LogProblemKind kind) =>
            ExperimentAnalyzer.Analyze(data with { Problems = [new LogProblem(kind, 9_000, 9_000, [5_000, 4_000], [])] }, new AnalysisOptions()).Distrusts;

        Assert.Equal([DistrustReason.BrokenRows, DistrustReason.UnevenProblem], Found(LogProblemKind.EmptyValue).Select(distrust => distrust.Reason));
        Assert.Empty(Found(LogProblemKind.EmptyAsZero));
    }

    [Fact]
    public void With_daily_looks_one_days_arm_sizes_raise_no_alarm()
    {
        // p is .0004 for a single look. Over all looks together, chance produces such a difference often enough.
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]) with { Units = [Units, Units - 500] };

        Assert.NotEmpty(ExperimentAnalyzer.Analyze(data, new AnalysisOptions()).Distrusts);
        Assert.Empty(ExperimentAnalyzer.Analyze(data, new AnalysisOptions { Sequential = true }).Distrusts);
    }

    [Theory]
    [InlineData(LogProblemKind.SeveralArms, 300, 300, DistrustReason.SeveralArms)]
    [InlineData(LogProblemKind.NotANumber, 5_000, 0, DistrustReason.BrokenRows)]
    [InlineData(LogProblemKind.UnknownArm, 5_000, 0, DistrustReason.BrokenRows)]
    public void Too_many_log_problems_stop_the_verdict(LogProblemKind kind, long rows, long units, DistrustReason reason)
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]);
        var bad = data with { Problems = [new LogProblem(kind, rows, units, [], ["log.csv, line 3"])] };
        var few = data with { Problems = [new LogProblem(kind, 3, units / 100, [], ["log.csv, line 3"])] };

        Assert.Equal(reason, Assert.Single(ExperimentAnalyzer.Analyze(bad, new AnalysisOptions()).Distrusts).Reason);
        Assert.Equal(Outcome.Better, ExperimentAnalyzer.Analyze(few, new AnalysisOptions()).Treatments[0].Outcome);
    }

    [Fact]
    public void A_problem_in_only_one_arm_stops_the_verdict()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]);
        var analysis = ExperimentAnalyzer.Analyze(
            data with { Problems = [new LogProblem(LogProblemKind.ClockSkew, 50, 50, [45, 5], [])] }, new AnalysisOptions());

        Assert.Equal(DistrustReason.UnevenProblem, Assert.Single(analysis.Distrusts).Reason);
    }

    [Fact]
    public void An_arm_without_units_stops_the_verdict()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, 0]]);
        data = data with { Units = [Units, 0], Metrics = [data.Metrics[0] with { Arms = [data.Metrics[0].Arms[0], default] }] };
        var analysis = ExperimentAnalyzer.Analyze(data, new AnalysisOptions());

        Assert.Contains(analysis.Distrusts, distrust => distrust is { Reason: DistrustReason.EmptyArm, Subject: "treatment" });
        Assert.Equal(MetricFinding.NotJudged, analysis.Treatments[0].Metrics[0].Finding);
    }

    [Theory]
    [InlineData(.100, .30, MetricFinding.Holds, Outcome.Better)]
    [InlineData(.120, .02, MetricFinding.Broken, Outcome.GuardrailHarmed)]
    [InlineData(.120, .20, MetricFinding.Harmed, Outcome.GuardrailHarmed)]
    [InlineData(.120, .31, MetricFinding.Holds, Outcome.Better)]
    [InlineData(.101, .02, MetricFinding.NotShownToHold, Outcome.BetterGuardrailOpen)]
    [InlineData(.050, .02, MetricFinding.Holds, Outcome.Better)]
    public void A_guardrail_holds_only_if_the_data_exclude_more_than_its_margin(double treatment, double margin, MetricFinding finding, Outcome outcome)
    {
        var hides = Share("hides", MetricRole.Guardrail) with { Better = MetricDirection.Lower, Margin = margin };
        var analysis = Analyze([Share("visit", MetricRole.Primary), hides], [[.10, .12], [.10, treatment]]);

        Assert.Equal(finding, analysis.Treatments[0].Metrics[1].Finding);
        Assert.Equal(outcome, analysis.Treatments[0].Outcome);
    }

    [Fact]
    public void A_guardrail_with_a_rate_near_zero_is_broken_by_many_events()
    {
        var crashes = Share("crashes", MetricRole.Guardrail) with { Better = MetricDirection.Lower, Margin = .02 };

        Assert.Equal(Outcome.GuardrailHarmed, Analyze([Share("visit", MetricRole.Primary), crashes], [[.10, .12], [.0005, .05]]).Treatments[0].Outcome);
    }

    [Fact]
    public void Chance_does_not_break_one_of_many_guardrails()
    {
        Metric Hides(int number) => Share($"hides{number}", MetricRole.Guardrail) with { Better = MetricDirection.Lower, Margin = .02 };
        // p is .03: below .05 for a single guardrail but not among ten.
        double[][] shares = [[.10, .12], [.10, .1092], .. Enumerable.Repeat<double[]>([.10, .10], 9)];
        var alone = Analyze([Share("visit", MetricRole.Primary), Hides(0)], [shares[0], shares[1]]).Treatments[0].Metrics[1];
        var among = Analyze([Share("visit", MetricRole.Primary), .. Enumerable.Range(0, 10).Select(Hides)], shares).Treatments[0].Metrics[1];

        Assert.Equal(MetricFinding.Harmed, alone.Finding);
        Assert.Equal(MetricFinding.NotShownToHold, among.Finding);
    }

    [Fact]
    public void A_treatment_with_more_events_does_not_make_problems_uneven()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]);
        foreach (var kind in new[] { LogProblemKind.TooLate, LogProblemKind.PossibleDuplicate, LogProblemKind.DuplicateEvent })
        {
            Assert.Empty(ExperimentAnalyzer.Analyze(data with { Problems = [new LogProblem(kind, 900, 900, [300, 600], [])] }, new AnalysisOptions()).Distrusts);
        }
    }

    [Fact]
    public void An_experiment_that_cannot_be_trusted_is_not_judged()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]) with { Units = [Units, Units - 600] };

        Assert.Equal(MetricFinding.NotJudged, ExperimentAnalyzer.Analyze(data, new AnalysisOptions()).Treatments[0].Metrics[0].Finding);
    }

    [Fact]
    public void A_share_near_one_has_as_many_effective_units_as_units_without_it()
    {
        var metric = Analyze([Share("works", MetricRole.Primary)], [[.998, .9995]]).Treatments[0].Metrics[0];

        Assert.Equal((20, 5), ((int)Math.Round(metric.EffectiveUnits.Control), (int)Math.Round(metric.EffectiveUnits.Treatment)));
        Assert.Equal(MetricFinding.TooFew, metric.Finding);
    }

    [Fact]
    public void The_detectable_lift_grows_with_comparisons_and_looks()
    {
        var metric = Share("visit", MetricRole.Primary);
        double Detectable(int metrics, bool sequential) => Analyze(
            [.. Enumerable.Range(0, metrics).Select(i => metric with { Name = $"visit{i}" })], [.. Enumerable.Repeat<double[]>([.10, .10], metrics)],
            new AnalysisOptions { Sequential = sequential }).Treatments[0].Metrics[0].DetectableLift;

        // (1.96 + .84) standard errors of a difference of two shares of one tenth.
        Assert.Equal(2.8016 * Math.Sqrt(2 * .09 / Units) / .10, Detectable(1, false), 4);
        // With a level of .05/8, 2.7344 replaces 1.96.
        Assert.Equal((2.7344 + .8416) / 2.8016, Detectable(8, false) / Detectable(1, false), 3);
        Assert.True(Detectable(1, true) > 1.2 * Detectable(1, false));
    }

    [Fact]
    public void Segments_of_few_users_are_not_shown()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .10]]);
        SegmentData Of(string value, long units) => new("city", value, [units, units], [[OfShare(.1, units), OfShare(.1, units)]]);
        var analysis = ExperimentAnalyzer.Analyze(data with { Segments = [Of("A", 24), Of("B", 25)] }, new AnalysisOptions());

        Assert.Equal("B", Assert.Single(analysis.Treatments[0].Segments).Value);
        Assert.Equal(1, analysis.SmallSegments);
    }

    [Fact]
    public void A_guardrail_with_more_as_better_breaks_when_it_falls()
    {
        var sessions = Share("sessions", MetricRole.Guardrail) with { Margin = .02 };

        Assert.Equal(MetricFinding.Broken, Analyze([Share("visit", MetricRole.Primary), sessions], [[.10, .12], [.10, .08]]).Treatments[0].Metrics[1].Finding);
        Assert.Equal(MetricFinding.Holds, Analyze([Share("visit", MetricRole.Primary), sessions], [[.10, .12], [.10, .12]]).Treatments[0].Metrics[1].Finding);
    }

    [Fact]
    public void More_primary_metrics_raise_the_bar_for_each()
    {
        Metric[] one = [Share("visit", MetricRole.Primary)];
        Metric[] six = [.. one, .. Enumerable.Range(0, 5).Select(i => Share($"other{i}", MetricRole.Primary))];
        double[] same = [.10, .10];
        var alone = Analyze(one, [[.10, .109]]).Treatments[0].Metrics[0];
        var among = Analyze(six, [[.10, .109], same, same, same, same, same]).Treatments[0].Metrics[0];

        Assert.Equal(MetricFinding.Better, alone.Finding);
        Assert.Equal(MetricFinding.NoDifferenceShown, among.Finding);
        Assert.Equal(6 * alone.CorrectedPValue, among.CorrectedPValue, 12);
    }

    [Fact]
    public void Secondary_metrics_do_not_affect_the_primary_one()
    {
        Metric[] metrics = [Share("visit", MetricRole.Primary), .. Enumerable.Range(0, 5).Select(i => Share($"other{i}", MetricRole.Secondary))];
        double[] same = [.10, .10];
        var analysis = Analyze(metrics, [[.10, .109], same, same, same, same, same]);

        Assert.Equal((1, 5), (analysis.PrimaryComparisons, analysis.SecondaryComparisons));
        Assert.Equal(analysis.Treatments[0].Metrics[0].Raw.Absolute.PValue, analysis.Treatments[0].Metrics[0].CorrectedPValue);
    }

    [Fact]
    public void Without_a_primary_metric_all_metrics_are_primary()
    {
        var analysis = Analyze([Share("a", MetricRole.Secondary), Share("b", MetricRole.Secondary)], [[.1, .12], [.1, .1]]);

        Assert.False(analysis.PrimaryDeclared);
        Assert.Equal(2, analysis.PrimaryComparisons);
        Assert.Equal(Outcome.Better, analysis.Treatments[0].Outcome);
    }

    [Fact]
    public void Always_valid_intervals_decide_if_many_looks_are_planned()
    {
        Metric[] metrics = [Share("visit", MetricRole.Primary)];
        var metric = Analyze(metrics, [[.10, .1095]], new AnalysisOptions { Sequential = true }).Treatments[0].Metrics[0];

        Assert.Equal(MetricFinding.Better, Analyze(metrics, [[.10, .1095]]).Treatments[0].Metrics[0].Finding);
        Assert.Equal(MetricFinding.NoDifferenceShown, metric.Finding);
        Assert.True(metric.Decisive.Relative.Low < metric.Raw.Relative.Low && metric.Decisive.Relative.High > metric.Raw.Relative.High);
    }

    [Fact]
    public void Every_treatment_is_compared_with_the_first_arm()
    {
        var metric = Share("visit", MetricRole.Primary);
        var data = new ExperimentData
        {
            Arms = ["none", "men", "women"],
            Units = [Units, Units, Units],
            Rows = 3 * Units,
            Metrics = [new MetricData { Metric = metric, HasBefore = false, Arms = [OfShare(.10), OfShare(.18), OfShare(.10)] }],
        };
        var analysis = ExperimentAnalyzer.Analyze(data, new AnalysisOptions());

        Assert.Equal([Outcome.Better, Outcome.NoDifferenceShown], analysis.Treatments.Select(treatment => treatment.Outcome));
        Assert.Equal(2, analysis.PrimaryComparisons);
    }

    [Fact]
    public void The_relative_interval_excludes_zero_exactly_if_the_test_of_the_difference_finds_one() =>
        Gen.Select(Gen.Double[.01, .9], Gen.Double[.01, .9], Gen.Int[200, 5_000], Gen.Bool).Sample((control, treatment, units, sequential) =>
        {
            var analysis = Analyze(
                [Share("visit", MetricRole.Primary)], [[control, treatment]], new AnalysisOptions { Sequential = sequential, EnoughUnits = 0 }, units);
            var lift = analysis.Treatments[0].Metrics[0].Decisive;
            Assert.Equal(lift.Absolute.PValue < .05, lift.Relative.Excludes(0));
        });

    // CsCheck found this case with seed 9ATGdSQql9q6.
    [Fact]
    public void A_significant_difference_over_a_control_near_0_has_a_relative_interval_of_two_rays()
    {
        var analysis = Analyze(
            [Share("visit", MetricRole.Primary), Share("complaint", MetricRole.Guardrail) with { Better = MetricDirection.Lower, Margin = .02 }],
            [[.06, 67.0 / 95], [.06, 67.0 / 95]], new AnalysisOptions { Sequential = true, EnoughUnits = 0 }, 241);
        var (visit, complaint) = (analysis.Treatments[0].Metrics[0], analysis.Treatments[0].Metrics[1]);

        Assert.Equal(MetricFinding.Better, visit.Finding);
        Assert.Equal(ConfidenceSetShape.TwoRays, visit.Decisive.Relative.Interval.Shape);
        Assert.True(visit.Decisive.Relative.Excludes(0) && visit.Decisive.Relative.Excludes(1));
        Assert.False(visit.Decisive.Relative.Excludes(visit.Decisive.Relative.Estimate));
        // Complaints rise, and the interval contains no rise within the margin.
        Assert.Equal(MetricFinding.Broken, complaint.Finding);
    }

    [Fact]
    public void A_guardrail_with_an_unbounded_interval_is_not_shown_to_hold()
    {
        var guardrail = Share("complaint", MetricRole.Guardrail) with { Better = MetricDirection.Lower, Margin = .02 };
        var metric = Analyze([Share("visit", MetricRole.Primary), guardrail], [[.5, .5], [.002, .002]], new AnalysisOptions { EnoughUnits = 0 }, 1_000).Treatments[0].Metrics[1];

        Assert.NotEqual(ConfidenceSetShape.BoundedInterval, metric.Decisive.Relative.Interval.Shape);
        Assert.Equal(MetricFinding.NotShownToHold, metric.Finding);
    }

    [Fact]
    public void Segments_are_corrected_for_all_comparisons()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .10]]);
        SegmentData Segment(string value, double control, double treatment) => new(
            "country", value, [Units, Units], [[OfShare(control), OfShare(treatment)]]);
        var segments = ExperimentAnalyzer.Analyze(
            data with { Segments = [Segment("DE", .10, .109), Segment("FR", .10, .10), Segment("HU", .10, .10), Segment("PL", .10, .10), Segment("SE", .10, .10)] },
            new AnalysisOptions()).Treatments[0].Segments;

        Assert.Equal(5, segments.Count);
        Assert.True(segments[0].Metrics[0].Raw.Absolute.PValue < .05);
        Assert.Equal(5 * segments[0].Metrics[0].Raw.Absolute.PValue, segments[0].Metrics[0].CorrectedPValue, 12);
        Assert.Equal(MetricFinding.NoDifferenceShown, segments[0].Metrics[0].Finding);
    }

    [Fact]
    public void The_test_of_heterogeneity_detects_lifts_that_differ_between_segments()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .10]]);
        DimensionTest Test(double lift) => ExperimentAnalyzer.Analyze(
            data with
            {
                Segments =
                [
                    new("country", "DE", [Units, Units], [[OfShare(.10), OfShare(.10)]]),
                    new("country", "FR", [Units, Units], [[OfShare(.10), OfShare(.10 * (1 + lift))]]),
                ],
            }, new AnalysisOptions()).Treatments[0].Dimensions[0];

        Assert.True(Test(.5).PValue < 1e-6);
        Assert.Equal(1, Test(0).PValue, 12);

        // Two segments with lifts 0 and .1 of standard errors s and t: Q = .01/(s² + t²), of one degree of freedom.
        double s2 = 2 * .9 / (.10 * Units), t2 = .11 * .89 / (.01 * Units) + 1.21 * .09 / (.01 * Units);
        var z = Math.Sqrt(.01 / (s2 + t2));
        Assert.Equal(Kindred.Statistics.NormalDistribution.TwoSided(z), Test(.1).PValue, 10);
    }

    [Fact]
    public void An_effect_that_wears_off_is_visible_from_day_to_day()
    {
        DayCurve Curve(Func<int, double> lift) => ExperimentAnalyzer.Analyze(
            Data([Share("visit", MetricRole.Primary)], [[.10, .10]]) with
            {
                Days = [.. Enumerable.Range(0, 14).Select(day => Day(20_000 + day, .10, .10 * (1 + lift(day))))],
            }, new AnalysisOptions()).Treatments[0].Curves[0];

        var fading = Curve(day => .4 - .03 * day);
        Assert.True(fading.SlopePValue < .001);
        Assert.InRange(fading.SlopePerDay, -.033, -.027);
        Assert.Equal(1, Curve(_ => 0).SlopePValue, 9);
        Assert.True(Curve(_ => .3).SlopePValue > .5);
        Assert.Equal(14, fading.Days.Count);

        // Users arrive evenly and act only on their first day. A day's sums are shared by more and more users, but its lift stays.
        DayData Arrived(int days)
        {
            MetricMoments[][] moments = [[MetricMoments.OfMean(1_000, 1_000, 1_000L * days), MetricMoments.OfMean(1_200, 1_200, 1_000L * days)]];
            return new DayData(20_000 + days, [1_000L * days, 1_000L * days], moments, moments);
        }

        var arriving = Data([Share("visit", MetricRole.Primary)], [[.10, .12]]) with { Days = [.. Enumerable.Range(2, 12).Select(Arrived)] };
        Assert.True(ExperimentAnalyzer.Analyze(arriving, new AnalysisOptions()).Treatments[0].Curves[0].SlopePValue > .5);
    }

    [Fact]
    public void A_day_without_units_in_an_arm_has_no_lift()
    {
        var late = Day(20_000, .1, .1) with { Units = [Units, 0] };
        var data = Data([Share("visit", MetricRole.Primary)], [[.10, .10]]) with { Days = [late, Day(20_001, .1, .1)] };

        Assert.Equal([20_001], ExperimentAnalyzer.Analyze(data, new AnalysisOptions()).Treatments[0].Curves[0].Days.Select(day => day.Day));
    }

    [Fact]
    public void One_arm_cannot_be_compared()
    {
        var data = Data([Share("visit", MetricRole.Primary)], [[.10]]) with { Arms = ["all"], Units = [Units] };

        Assert.Contains("at least two", Assert.Throws<KindredException>(() => ExperimentAnalyzer.Analyze(data, new AnalysisOptions())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Planned_shares_are_required_for_every_arm(int count) =>
        Assert.Equal(ErrorKind.Usage, Assert.Throws<KindredException>(() =>
            Analyze([Share("visit", MetricRole.Primary)], [[.1, .1]], new AnalysisOptions { PlannedWeights = [.. Enumerable.Repeat(1.0, count)] })).Kind);

    private static Metric Share(string name, MetricRole role) => new()
    {
        Name = name,
        Kind = MetricKind.Share,
        Numerator = new Quantity { Name = name },
        Role = role,
    };

    private static MetricMoments OfShare(double share, long units = Units) =>
        MetricMoments.OfMean(Math.Round(share * units), Math.Round(share * units), units);

    private static DayData Day(int day, double control, double treatment)
    {
        MetricMoments[][] moments = [[OfShare(control), OfShare(treatment)]];
        return new DayData(day, [Units, Units], moments, moments);
    }

    private static ExperimentData Data(Metric[] metrics, double[][] shares, long units = Units) => new()
    {
        Arms = ["control", "treatment"],
        Units = [units, units],
        Rows = 2 * units,
        Metrics = [.. metrics.Select((metric, m) => new MetricData { Metric = metric, HasBefore = false, Arms = [.. shares[m].Select(share => OfShare(share, units))] })],
    };

    private static ExperimentAnalysis Analyze(Metric[] metrics, double[][] shares, AnalysisOptions? options = null, long units = Units) =>
        ExperimentAnalyzer.Analyze(Data(metrics, shares, units), options ?? new AnalysisOptions());
}

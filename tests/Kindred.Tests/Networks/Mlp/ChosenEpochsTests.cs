using Kindred.Networks.Mlp;

namespace Kindred.Tests.Networks.Mlp;

public sealed class ChosenEpochsTests
{
    private static readonly MlpOptions _options = new() { HiddenUnits = 16, Epochs = 8 };
    private static readonly Network _linear = new([1, 1], 0, [], []);
    private static readonly Network _network = new([1, 1], 0, [new DenseLayer(new float[32], new float[16])], new float[16]);

    [Theory]
    [InlineData(801, true), InlineData(800, false), InlineData(1_199, true), InlineData(1_200, false)]
    public void Epochs_are_kept_until_a_fifth_of_the_seeds_changed_since_they_were_chosen(int positives, bool kept) =>
        Assert.Equal(kept ? new ChosenEpochs(3, 1_000, 1) : null, ChosenEpochs.From(Report(3, 1_000), _network, _options, positives, 0));

    [Fact]
    public void Many_small_changes_count_as_one_large_change()
    {
        var (report, nights) = (Report(3, 1_000), 0);
        for (var positives = 1_060; ChosenEpochs.From(report, _network, _options, positives, 7) is { } kept; positives += 60, nights++)
        {
            report = Report(kept.Epochs, positives);
            kept.WriteTo(report);
        }

        Assert.Equal(3, nights);
    }

    [Theory, InlineData(0UL, 7), InlineData(5UL, 12), InlineData(7UL, 14), InlineData(8UL, 7)]
    public void Epochs_are_chosen_again_after_a_list_specific_number_of_models(ulong key, int expected)
    {
        var (report, nights) = (Report(3, 1_000), 0);
        for (; ChosenEpochs.From(report, _network, _options, 1_000, key) is { } kept; nights++) kept.WriteTo(report);
        Assert.Equal(expected, nights);
    }

    [Fact]
    public void A_missing_hidden_layer_is_kept_only_if_it_was_chosen()
    {
        Assert.Equal(new ChosenEpochs(0, 1_000, 1), ChosenEpochs.From(Report(0, 1_000), _linear, _options, 1_000, 0));
        Assert.Null(ChosenEpochs.From(new Dictionary<string, double> { ["epochs"] = 0, ["positives"] = 1_000 }, _linear, _options, 1_000, 0));
    }

    [Fact]
    public void Another_shape_is_not_kept()
    {
        Assert.Null(ChosenEpochs.From(Report(3, 1_000), _linear, _options, 1_000, 0));
        Assert.Null(ChosenEpochs.From(Report(0, 1_000), _network, _options, 1_000, 0));
        Assert.Null(ChosenEpochs.From(Report(3, 1_000), _network, _options with { HiddenUnits = 32 }, 1_000, 0));
        Assert.Null(ChosenEpochs.From(Report(3, 1_000), _network, _options with { SecondHiddenUnits = 16 }, 1_000, 0));
        Assert.Null(ChosenEpochs.From(Report(3, 1_000), _network, _options with { Epochs = 2 }, 1_000, 0));
    }

    [Theory]
    [InlineData(double.NaN, 1_000.0, 0.0), InlineData(-1, 1_000, 0), InlineData(2.5, 1_000, 0), InlineData(1e300, 1_000, 0)]
    [InlineData(3, double.NaN, 0), InlineData(3, 0, 0), InlineData(3, double.PositiveInfinity, 0)]
    public void Impossible_training_figures_are_not_kept(double epochs, double positives, double reused)
    {
        var report = Report(epochs, positives);
        report["epochs_reused"] = reused;
        Assert.Null(ChosenEpochs.From(report, _network, _options, 1_000, 0));
    }

    private static Dictionary<string, double> Report(double epochs, double chosenOn) => new() { ["epochs"] = epochs, ["epochs_chosen_on"] = chosenOn };
}

using System.Globalization;
using Kindred.Blends.RoundRobin;
using Kindred.Catalog;
using Kindred.Networks.Mlp;
using Kindred.Scoring;
using Kindred.SeedModels;
using Kindred.Tests.Toy;

namespace Kindred.Tests.Catalog;

public sealed class MethodListTests
{
    private static readonly MethodList _methods = Methods.All;

    [Fact]
    public void Names_and_ids_in_existing_stores_never_change()
    {
        Assert.Equal(
            ["mlp", "linear", "foldin", "ridge", "regression", "iv", "jaccard", "lsh", "centroid", "nearest", "activity", "random", "blend", "auto"],
            _methods.Names);
        Assert.Equal(
            ["linear-0.5", "linear-2.5", "linear-10", "mlp", "foldin-0.1", "foldin-0.01", "ridge-50", "ridge-300", "ridge-1000", "ridge-3000",
             "ridge-300-p-0.15", "regression-0.01", "regression-0.03", "regression-0.1", "regression-1", "iv", "lsh", "centroid"],
            _methods.Variants.Select(variant => variant.Id));
        Assert.Equal(
            ["network", "deep-network", "embedding-dot", "item-weights", "jaccard", "lsh", "nearest", "blend"],
            _methods.All.SelectMany(method => method.Scorers).Select(format => format.Kind).Distinct());
    }

    [Fact]
    public void Options_have_the_names_defaults_and_ranges_of_their_options_class()
    {
        var defaults = new MlpOptions();
        foreach (var option in _methods.Get("mlp").Options.Where(option => option.Kind != MethodOptionKind.Choice))
        {
            var property = typeof(MlpOptions).GetProperties().Single(property => Snake(property.Name) == option.Name);
            Assert.Equal(property.GetValue(defaults), option.Default);

            // Setting another value changes that property and no other.
            object other = option.Kind == MethodOptionKind.WholeNumber ? (object)48 : 0.25;
            var changed = MlpDescriptor.OptionsOf(new MethodSettings { Values = new Dictionary<string, object> { [option.Name] = other } });
            foreach (var each in typeof(MlpOptions).GetProperties().Where(each => each.CanWrite))
            {
                Assert.Equal(each == property ? other : each.GetValue(defaults), each.GetValue(changed));
            }
        }
    }

    [Fact]
    public void The_loss_reaches_the_network() => Assert.Equal(MlpLoss.NonNegative, MlpDescriptor.OptionsOf(Settings("loss", "nnpu")).Loss);

    [Fact]
    public void Shared_settings_reach_the_network()
    {
        var options = MlpDescriptor.OptionsOf(new MethodSettings { MinimumSeeds = 7, Seed = 9 });
        Assert.Equal((7, 9UL), (options.MinimumSeeds, options.Seed));
    }

    [Fact]
    public void Manifests_record_a_networks_settings_under_the_established_keys()
    {
        string[] names =
        [
            "regularization_per_dimension", "hidden_regularization", "hidden_from", "hidden_units", "epochs", "batch_size", "learning_rate",
            "max_positives", "max_negatives",
        ];
        string[] values = ["2.5", "10", "1000", "64", "8", "1024", "0.004", "200000", "200000"];
        Assert.Equal(names.Zip(values, KeyValuePair.Create), _methods.Get("mlp").Recorded(new MethodSettings()));
        Assert.Equal(names.Zip(values, KeyValuePair.Create), _methods.Get("linear").Recorded(new MethodSettings()));
        Assert.Equal(
            [.. names[..4], "second_hidden_units", .. names[4..], "loss", "positive_prior"],
            _methods.Get("mlp").Recorded(new MethodSettings
            {
                Values = new Dictionary<string, object> { ["second_hidden_units"] = 16, ["loss"] = "nnpu", ["positive_prior"] = 0.01 },
            }).Select(pair => pair.Key));
        Assert.All(_methods.All.Where(method => method.Options.Count == 0), method => Assert.Empty(method.Recorded(new MethodSettings())));
    }

    [Theory]
    [InlineData("hidden_units", 513, "is 513; it must be from 0 to 512")]
    [InlineData("epochs", 0, "is 0; it must be from 1 to 1,000")]
    [InlineData("loss", "square", "is 'square'; it must be weighted or nnpu")]
    [InlineData("positive_prior", 0.1, "has no effect: it is read only where 'loss' is 'nnpu'")]
    public void A_value_out_of_range_or_without_effect_is_refused(string name, object value, string problem)
    {
        var error = Assert.Throws<KindredException>(() => _methods.Create("mlp", Settings(name, value)));
        Assert.Equal("method_option_wrong", error.Code);
        Assert.Contains($"'{name}' {problem}", error.Problem, StringComparison.Ordinal);
        _methods.Create("ridge", Settings(name, value));
    }

    [Fact]
    public void A_text_that_cannot_be_parsed_is_refused()
    {
        var texts = new Dictionary<string, string> { ["hidden_units"] = "many", ["unknown"] = "1" };
        var error = Assert.Throws<KindredException>(() => MethodSettings.Parse(_methods.Options, texts));
        Assert.Equal("method_option_wrong", error.Code);
        texts["hidden_units"] = "48";
        Assert.Equal(KeyValuePair.Create("hidden_units", (object)48), Assert.Single(MethodSettings.Parse(_methods.Options, texts)));
    }

    [Fact]
    public void Values_round_trip_through_their_texts()
    {
        foreach (var option in _methods.With(ToyDescriptor.Value).Options)
        {
            foreach (var value in Values(option)) Assert.Equal(value, option.Parse(option.Format(value)));
        }

        static IEnumerable<object> Values(MethodOption option) => option.Kind switch
        {
            MethodOptionKind.WholeNumber => [0, -7, int.MaxValue],
            MethodOptionKind.Number => [0.1, 1e-9, 1.0 / 3],
            MethodOptionKind.Flag => [true, false],
            _ => option.Choices,
        };
    }

    [Fact]
    public void Unknown_names_are_refused_with_a_code()
    {
        Assert.Equal("method_unknown", Assert.Throws<KindredException>(() => _methods.Get("magic")).Code);
        Assert.Equal("tuning_method_unknown", Assert.Throws<KindredException>(() => _methods.Variant("magic-7")).Code);
        Assert.Equal("scorer_kind_unknown", Assert.Throws<KindredException>(() => _methods.ReadScorer(new ScorerParameters("magic"))).Code);
    }

    [Fact]
    public void A_method_that_redefines_another_methods_option_is_refused()
    {
        var other = ToyDescriptor.Value with
        {
            Options = [new MethodOption("hidden_units", MethodOptionKind.WholeNumber) { Description = "Something else.", Default = 1 }],
        };
        Assert.Throws<ArgumentException>(() => _methods.With(other));
        Assert.Throws<ArgumentException>(() => _methods.With(_methods.Get("mlp")));
    }

    [Fact]
    public void Methods_can_be_added_only_before_their_first_use()
    {
        Assert.NotEmpty(Methods.All.Names);
        Assert.Throws<InvalidOperationException>(() => Methods.Add(ToyDescriptor.Value));
    }

    [Fact]
    public void A_set_method_consists_of_listed_methods()
    {
        var blend = Assert.IsType<RoundRobinBlend>(_methods.Create("blend", new MethodSettings()));
        Assert.Equal(["regression", "lsh"], blend.Parts.Select(part => part.Name));
        Assert.Equal(_methods.Get("blend").Reads, blend.Reads);
    }

    [Fact]
    public void The_default_of_an_option_is_in_its_range() => Assert.All(_methods.Options, option =>
    {
        if (option.Default is { } value) Assert.Null(option.Problem(value));
    });

    private static MethodSettings Settings(string name, object value) =>
        new() { Values = new Dictionary<string, object> { [name] = value } };

    private static string Snake(string name) => string.Concat(name.Select((letter, i) =>
        char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLower(letter, CultureInfo.InvariantCulture) : letter.ToString()));
}

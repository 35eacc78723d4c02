
namespace Kindred.Experiments.Tests;

public sealed class QuantileSketchTests
{
    // Values of every magnitude and both signs, with zeros and ties.
    private static readonly Gen<double> _value = Gen.OneOf(
        Gen.Double[-200, 200].Select(Math.Exp), Gen.Double[-200, 200].Select(x => -Math.Exp(x)), Gen.Int[-3, 3].Select(x => (double)x), Gen.Const(0.0));

    [Fact]
    public void Every_quantile_is_within_the_relative_error_of_a_sort() =>
        Gen.Select(_value.Array[1, 200], Gen.Double[0, 1]).Sample((values, q) =>
        {
            var exact = values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(q * values.Length - 1e-9) - 1));
            Assert.InRange(Math.Abs(Sketch(values).Quantile(q) - exact), 0, QuantileSketch.RelativeError * Math.Abs(exact));
        });

    [Fact]
    public void Parts_merged_in_any_order_equal_the_whole() =>
        Gen.Select(_value.Array[1, 100], Gen.Int[0, 3].Array[100], Gen.Int[0, 3]).Sample((values, parts, first) =>
        {
            var merged = new QuantileSketch();
            for (var i = 0; i < 4; i++)
            {
                var part = (first + i) % 4;
                merged.MergeFrom(Sketch([.. values.Where((_, at) => parts[at] == part).Reverse()]));
            }

            AssertSame(Sketch(values), merged, values);
        });

    [Fact]
    public void A_count_equals_that_many_single_values() =>
        Gen.Select(_value, Gen.Int[0, 9]).Array[1, 30].Sample(pairs =>
        {
            var counted = new QuantileSketch();
            foreach (var (value, count) in pairs) counted.Add(value, count);
            double[] values = [.. pairs.SelectMany(pair => Enumerable.Repeat(pair.Item1, pair.Item2))];
            AssertSame(Sketch(values), counted, values);
        });

    [Fact]
    public void At_or_below_counts_smaller_values_and_none_beyond_the_relative_error() =>
        Gen.Select(_value.Array[1, 100], _value).Sample((values, at) =>
        {
            var found = Sketch(values).AtOrBelow(at);
            Assert.InRange(found, values.Count(value => value <= at), values.Count(value => value <= at + QuantileSketch.RelativeError * Math.Abs(at)));
        });

    [Fact]
    public void Equal_values_have_no_error_and_close_quantiles_of_many_values_are_distinguished()
    {
        Assert.Equal(123.456, Sketch([.. Enumerable.Repeat(123.456, 50)]).Quantile(0.3));
        // A hundred thousand values within the relative error fill one or two buckets.
        var sketch = Sketch([.. Enumerable.Range(0, 100_000).Select(i => 1 + i * 1e-8)]);
        Assert.Equal(1.0003, sketch.Quantile(0.3), 1e-5);
        Assert.Equal(1.0007, sketch.Quantile(0.7), 1e-5);
    }

    [Fact]
    public void The_extremes_of_double_are_counted()
    {
        double[] values = [double.MinValue, -double.Epsilon, 0, double.Epsilon, double.MaxValue];
        var sketch = Sketch(values);
        Assert.Equal([double.MinValue, 0, double.MaxValue], new[] { 0, 0.5, 1 }.Select(sketch.Quantile));
        Assert.Equal(0, new QuantileSketch().Quantile(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Quantile(1.5));
    }

    private static QuantileSketch Sketch(double[] values)
    {
        var sketch = new QuantileSketch();
        foreach (var value in values) sketch.Add(value);
        return sketch;
    }

    private static void AssertSame(QuantileSketch expected, QuantileSketch actual, double[] values)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i <= 20; i++) Assert.Equal(expected.Quantile(i / 20.0), actual.Quantile(i / 20.0));
        foreach (var value in values) Assert.Equal(expected.AtOrBelow(value), actual.AtOrBelow(value));
    }
}

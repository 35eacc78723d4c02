// Fits the same logistic regression with ML.NET and with Kindred, in turn, on one thread. Prints JSON: processor seconds, the objective
// that each reaches, and the median of the ratios.   dotnet run -c Release --project bench/peers/MlNet [-- rows dimension rounds]
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Kindred.Bench.Data;
using Kindred.Bench.Jobs;
using Kindred.Bench.Machine;
using Kindred.Networks.Linear;
using Kindred.Networks.Mlp;
using Kindred.Peers.MlNet;
using Kindred.Populations;
using Kindred.SeedModels;
using Microsoft.ML;
using Microsoft.ML.Data;

const double PerDimension = 2.5;
var (count, dimension, rounds) = (Argument(0, 20_000), Argument(1, 64), Argument(2, 7));
using var data = TrainingData.Create(seed: 1, count, dimension);
var regularization = PerDimension * dimension;

// Kindred scales embeddings to a mean square of 1; with unit-length embeddings the factor is √d.
var scale = MathF.Sqrt(dimension);
var isSeed = data.Seeds.Users.ToHashSet();
var rows = Enumerable.Range(0, count).Select(user => new Row
{
    Features = Array.ConvertAll(data.Population.Shards[0].Embeddings.Slice(user * dimension, dimension).ToArray(), value => value * scale),
    Label = isSeed.Contains(new UserRow(0, user)),
}).ToArray();
var objective = new Objective(rows, regularization);

var method = new LinearMethod(new MlpOptions { RegularizationPerDimension = PerDimension, MaxPositives = count, MaxNegatives = count });
var ones = Enumerable.Repeat(1f, data.Seeds.Users.Count).ToArray();
var training = TrainingContext.For(data.Population);
var context = new MLContext(seed: 1);
var schema = SchemaDefinition.Create(typeof(Row));
schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimension);
var view = context.Data.Cache(context.Data.LoadFromEnumerable(rows, schema));
float[] theirs = [];
var theirBias = 0.0;
Network ours = null!;

// A warm-up of each compiles both and fills ML.NET's cache.
RunTheirs();
RunOurs();
var seconds = new List<(double Theirs, double Ours)>();
for (var round = 0; round < rounds; round++) seconds.Add((Spent.On(RunTheirs).Seconds(1), Spent.On(RunOurs).Seconds(1)));

Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
{
    ["rows"] = count,
    ["dimension"] = dimension,
    ["regularization"] = regularization,
    ["mlnet_seconds"] = Median.Of(seconds, pair => pair.Theirs),
    ["kindred_seconds"] = Median.Of(seconds, pair => pair.Ours),
    ["ratio"] = Median.Of(seconds, pair => pair.Theirs / pair.Ours),
    ["mlnet_objective"] = objective.Of(theirs, theirBias),
    ["kindred_objective"] = objective.Of(Array.ConvertAll(ours.Skip[..dimension], weight => weight / scale), ours.Bias),
    ["mlnet"] = typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+', '-')[0],
}));

int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

void RunTheirs()
{
    // ML.NET's L2 is Kindred's λ, so both minimise the same objective.
    var trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new()
    {
        L1Regularization = 0,
        L2Regularization = (float)regularization,
        NumberOfThreads = 1,
    });
    var model = trainer.Fit(view).Model.SubModel;
    theirs = [.. model.Weights];
    theirBias = model.Bias;
}

// Includes gathering the rows, which ML.NET has in its cache.
void RunOurs() => ours = ((NetworkScorer)method.Train(data.Seeds, ones, training).Scorer).Network;

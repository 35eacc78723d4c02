using Kindred;
using Kindred.App.Audiences;
using Kindred.App.Checking;
using Kindred.App.DailyRuns;
using Kindred.App.Evaluation;
using Kindred.App.Seeds;
using Kindred.App.Training;
using Kindred.Audiences;
using Kindred.Pipeline.Embedding;

var (world, progress) = (args[0], new ConsoleProgress());
var (seeds, population) = (new SeedRequest { Files = [$"{world}/seeds.csv"] }, "population");
PopulationBuild.Run(new EmbedRequest { Interactions = [$"{world}/interactions.csv"], Users = [$"{world}/users.csv"], Out = population }, progress);
var check = CheckSeedLists.Run(new CheckRequest { Population = population, Seeds = seeds }, progress);
TrainModels.Run(new TrainRequest { Population = population, Seeds = seeds, Out = "models" }, progress);
var expansion = new ExpansionOptions { Sizes = [AudienceSize.Parse("5%")] };
ExpandSeedLists.Run(new ExpandRequest { Population = population, Models = "models", Out = "audiences", Expansion = expansion }, progress);
var quality = EvaluateMethod.Run(new EvaluateRequest { Population = population, Seeds = seeds }, progress);
var run = RunDaily.Run(new DailyRunRequest { Settings = $"{world}/run.yaml" }, progress);
Console.WriteLine(FormattableString.Invariant($"{check.Usable} {quality.Method.AverageRecall:R} {run.Version.Number}"));

internal sealed class ConsoleProgress : IProgressReporter, IProgressStep
{
    public void Note(FormattableString text) => Console.Error.WriteLine(FormattableString.Invariant(text));
    public IProgressStep Start(string work) { Console.Error.WriteLine($"{work} …"); return this; }
    public void Report(double share) { }
    public void Dispose() { }
}

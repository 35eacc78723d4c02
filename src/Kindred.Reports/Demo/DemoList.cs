using Kindred.App.Demo;

namespace Kindred.Reports.Demo;

/// <summary>What was reached for one seed list.</summary>
/// <param name="SeedList">Its name.</param>
/// <param name="Seeds">Its users.</param>
/// <param name="AverageRecall">One a method, in the order of <see cref="DemoReportModel.Methods"/>.</param>
/// <param name="Affinity">How well its audience suits the advertiser in truth.</param>
public sealed record DemoList(string SeedList, int Seeds, IReadOnlyList<double> AverageRecall, DemoAffinity Affinity);

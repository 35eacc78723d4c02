using Kindred.App.Demo;

namespace Kindred.Reports.Demo;

/// <summary>The results for one seed list.</summary>
/// <param name="SeedList">Its name.</param>
/// <param name="Seeds">Its users.</param>
/// <param name="AverageRecall">One per method, in the order of <see cref="DemoReportModel.Methods"/>.</param>
/// <param name="Affinity">The true affinity of its audience.</param>
public sealed record DemoList(string SeedList, int Seeds, IReadOnlyList<double> AverageRecall, DemoAffinity Affinity);

namespace Kindred.Cli.Reports;

/// <summary>A country of the demo.</summary>
/// <param name="Code">Its ISO code.</param>
/// <param name="Users">Its users.</param>
internal sealed record DemoCountry(string Code, long Users);

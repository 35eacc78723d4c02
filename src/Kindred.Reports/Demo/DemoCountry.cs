namespace Kindred.Reports.Demo;

/// <summary>A country of the demo.</summary>
/// <param name="Code">Its ISO code.</param>
/// <param name="Users">Its users.</param>
public sealed record DemoCountry(string Code, long Users);

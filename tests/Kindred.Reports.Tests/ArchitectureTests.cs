namespace Kindred.Reports.Tests;

/// <summary>Limits on what reports may reference.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Reports_reference_neither_a_command_line_nor_a_console() => Assert.DoesNotContain(
        typeof(ReportFolder).Assembly.GetReferencedAssemblies().Select(name => name.Name),
        name => name is "Kindred.Cli" or "Kindred.Bench" or "System.CommandLine" or "System.Console");
}

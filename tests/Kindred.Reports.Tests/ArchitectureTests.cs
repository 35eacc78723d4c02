namespace Kindred.Reports.Tests;

/// <summary>What reports may reference.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Reports_know_no_command_line_and_no_console() => Assert.DoesNotContain(
        typeof(ReportFolder).Assembly.GetReferencedAssemblies().Select(name => name.Name),
        name => name is "Kindred.Cli" or "Kindred.Bench" or "System.CommandLine" or "System.Console");
}

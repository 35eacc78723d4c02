using System.Text.Json.Nodes;
using Kindred.Cli;
using Kindred.Cli.Shell;

namespace Kindred.Privacy.Tests;

/// <summary>The result of a command line.</summary>
public sealed record Invocation(int Code, string Output, string Error)
{
    /// <summary>Standard output as JSON; fails unless it is exactly one document.</summary>
    public JsonObject Json => Assert.IsType<JsonObject>(JsonNode.Parse(Output));

    public static Invocation Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(arguments, output, error, CancellationToken.None);
        return new Invocation(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static Invocation Good(params string[] arguments)
    {
        var run = Of(arguments);
        Assert.True(run.Code == ExitCode.Success, $"kindred {string.Join(' ', arguments)}\nended with {run.Code}:\n{run.Error}");
        return run;
    }
}

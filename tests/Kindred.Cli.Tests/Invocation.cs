using System.Text.Json.Nodes;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests;

/// <summary>The result of a command line.</summary>
public sealed record Invocation(int Code, string Output, string Error)
{
    /// <summary>Standard output as JSON; fails unless it is exactly one document.</summary>
    public JsonObject Json => Assert.IsType<JsonObject>(JsonNode.Parse(Output));

    public static Invocation Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static Invocation Of(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(arguments, output, error, cancellation);
        return new Invocation(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static Invocation Good(params string[] arguments)
    {
        var run = Of(arguments);
        Assert.True(run.Code == ExitCode.Success, $"kindred {string.Join(' ', arguments)}\nended with {run.Code}:\n{run.Error}");
        return run;
    }

    /// <summary>Stops a command when it writes a note with the given text, which is always the same point of its work.</summary>
    public static Invocation StoppedAt(string note, params string[] arguments)
    {
        using var cancellation = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StoppingWriter(note, cancellation);
        var code = CommandLine.Run(arguments, output, error, cancellation.Token);
        Assert.Contains(note, error.ToString(), StringComparison.Ordinal);
        return new Invocation(code, output.ToString(), error.ToString());
    }

    private sealed class StoppingWriter(string note, CancellationTokenSource cancellation) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(note, StringComparison.Ordinal) == true) cancellation.Cancel();
        }
    }
}

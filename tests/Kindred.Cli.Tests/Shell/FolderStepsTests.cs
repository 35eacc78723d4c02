using Kindred.Cli.Shell;
using Kindred.Data.Folders;
using Kindred.Data.Formats;

namespace Kindred.Cli.Tests.Shell;

public sealed class FolderStepsTests
{
    [Fact]
    public void Every_kind_of_folder_has_a_command_that_makes_it_again() =>
        Assert.All(FolderFormats.All, format =>
        {
            var step = FolderSteps.Of(format.Name, format.Remedy);
            Assert.True(step.Contains("`kindred ", StringComparison.Ordinal) || step.Contains("--resume", StringComparison.Ordinal), $"{format.Name}: {step}");
            Assert.False(step.EndsWith('.'), step);
        });

    [Fact]
    public void An_unusual_remedy_is_kept()
    {
        Assert.Equal(FolderManifest.NewerRemedy, FolderSteps.Of("kindred-models", FolderManifest.NewerRemedy));
        Assert.Equal("Look elsewhere", FolderSteps.Of(null, "Look elsewhere"));
        Assert.Equal("Look elsewhere", FolderSteps.Of("kindred-dreams", "Look elsewhere"));
    }

    [Fact]
    public void An_error_about_a_folder_gets_the_next_step_of_its_format()
    {
        var error = new KindredException(ErrorKind.Corrupt, "missing_manifest", "It is missing.", "Check the path. Train the models again.")
        {
            Values = new Dictionary<string, object?> { ["format"] = "kindred-models" },
        };
        Assert.Equal("It is missing. Check the path. Train the models again with `kindred train`.", NextSteps.Message(error));
    }
}

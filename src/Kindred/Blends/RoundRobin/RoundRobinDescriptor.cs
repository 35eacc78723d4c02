using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Blends.RoundRobin;

/// <summary>Describes <see cref="RoundRobinBlend"/>.</summary>
internal static class RoundRobinDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "blend",
        Summary = "Takes users from regression and lsh in turn, as in the act-alike post's previous production system.",
        Reads = UserInputs.Items | UserInputs.Embedding | UserInputs.Activity,
        Create = (settings, methods) => new RoundRobinBlend(
            (IExpansionMethod)methods.Create("regression", settings), (IExpansionMethod)methods.Create("lsh", settings),
            new RoundRobinOptions()),
        ScoresUsers = false,
    };
}


namespace Kindred.App.Demo;

/// <summary>Mean true affinity to one advertiser of several groups of users.</summary>
/// <param name="Audience">Of the audience that the model chose.</param>
/// <param name="Seeds">Of the seed list.</param>
/// <param name="Population">Of all users: what a random audience has.</param>
/// <param name="Ideal">Of the best audience of the same size, chosen by the truth.</param>
public sealed record DemoAffinity(double Audience, double Seeds, double Population, double Ideal)
{
    /// <summary>How much of the way from a random audience to the best possible one was made.</summary>
    public double Captured => (Audience - Population) / (Ideal - Population);
}

namespace Kindred.App.Demo;

/// <summary>Mean true affinity to one advertiser, by group of users.</summary>
/// <param name="Audience">The audience that the model selected.</param>
/// <param name="Seeds">The seed list.</param>
/// <param name="Population">All users, which equals a random audience.</param>
/// <param name="Ideal">The best possible audience of the same size, selected by true affinity.</param>
public sealed record DemoAffinity(double Audience, double Seeds, double Population, double Ideal)
{
    /// <summary>The share of the way from a random audience to the best possible one.</summary>
    public double Captured => (Audience - Population) / (Ideal - Population);
}

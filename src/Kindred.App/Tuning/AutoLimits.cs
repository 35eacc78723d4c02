namespace Kindred.App.Tuning;

/// <summary>Limits on what the automatic method may choose.</summary>
/// <param name="Servable">Whether nothing may be read of a user but his embedding and activity.</param>
/// <param name="MaxCost">The most multiply-adds a pair, or null for any.</param>
public sealed record AutoLimits(bool Servable, double? MaxCost);

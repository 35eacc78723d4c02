namespace Kindred.App.Tuning;

/// <summary>Limits on what the automatic method may choose.</summary>
/// <param name="Servable">Restricts methods to those that read only a user's embedding and activity.</param>
/// <param name="MaxCost">The maximum number of multiply-adds per pair; null for no limit.</param>
public sealed record AutoLimits(bool Servable, double? MaxCost);

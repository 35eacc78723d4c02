using Kindred.Pipeline.Forgetting;

namespace Kindred.App.DailyRuns;

/// <summary>Result of a permanent deletion.</summary>
/// <param name="AskedFor">The number of distinct ids in the request.</param>
/// <param name="Searched">The searched folders outside the store.</param>
/// <param name="Outcome">The deletions, folder by folder.</param>
public sealed record ForgottenUsers(int AskedFor, IReadOnlyList<string> Searched, DeletionOutcome Outcome);

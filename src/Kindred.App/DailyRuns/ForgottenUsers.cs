using Kindred.Pipeline.Forgetting;

namespace Kindred.App.DailyRuns;

/// <summary>Result of a permanent deletion.</summary>
/// <param name="AskedFor">Distinct ids that were asked for.</param>
/// <param name="Searched">Folders outside the store that were searched.</param>
/// <param name="Outcome">What was deleted where.</param>
public sealed record ForgottenUsers(int AskedFor, IReadOnlyList<string> Searched, DeletionOutcome Outcome);

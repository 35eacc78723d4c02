namespace Kindred;

/// <summary>Reports that work was stopped on request, and what is kept of it.</summary>
/// <param name="message">What is kept, and how to continue.</param>
/// <param name="cause">The cancellation that stopped the work.</param>
public sealed class StoppedException(string message, OperationCanceledException cause) : OperationCanceledException(message, cause, cause.CancellationToken);

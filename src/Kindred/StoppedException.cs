namespace Kindred;

/// <summary>Reports that work was stopped on request, and the part of it that is kept.</summary>
/// <param name="message">The part that is kept, and how to continue.</param>
/// <param name="cause">The cancellation that stopped the work.</param>
public sealed class StoppedException(string message, OperationCanceledException cause)
    : OperationCanceledException(message, cause, cause.CancellationToken);

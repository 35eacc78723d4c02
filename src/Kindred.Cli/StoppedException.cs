namespace Kindred.Cli;

/// <summary>A run was stopped, but not all that it did is lost.</summary>
/// <param name="message">What is kept, and how to go on.</param>
/// <param name="cause">What stopped it.</param>
internal sealed class StoppedException(string message, OperationCanceledException cause) : OperationCanceledException(message, cause, cause.CancellationToken);

namespace Kindred;

/// <summary>A step with progress that is shown until it is disposed.</summary>
public interface IProgressStep : IDisposable
{
    /// <summary>Reports progress. Safe to call from several threads.</summary>
    /// <param name="share">The share done, 0 to 1.</param>
    void Report(double share);
}

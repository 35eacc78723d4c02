using System.Runtime.ExceptionServices;
using Kindred.Data.Tables;

namespace Kindred.Data.Experiments;

/// <summary>Reads the parts of all files on several threads.</summary>
internal sealed class LogReader(IReadOnlyList<LogFile> files, string? unit, LogProgress progress)
{
    // The share of reading in all work; the rest is adding up.
    public const double ShareOfWork = 0.7;

    private readonly (int File, int Part)[] _parts =
        [.. files.SelectMany((file, i) => Enumerable.Range(0, file.Parts).Select(part => (i, part)))];
    private readonly Exception?[] _errors = new Exception?[files.Sum(file => file.Parts)];
    private int _next = -1;
    private int _done;
    private volatile bool _failed;

    /// <param name="workers">The reader of each thread.</param>
    /// <param name="cancellation">Stops reading.</param>
    public void Run(IReadOnlyList<LogRows> workers, CancellationToken cancellation)
    {
        Parallel.ForEach(workers, new ParallelOptions { MaxDegreeOfParallelism = workers.Count }, worker => Work(worker, cancellation));
        cancellation.ThrowIfCancellationRequested();
        // Parts before a failed one were read to their end, so the reported error does not depend on threads.
        if (_errors.FirstOrDefault(error => error is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }

    private void Work(LogRows rows, CancellationToken cancellation)
    {
        TableReader? table = null;
        var open = -1;
        try
        {
            for (int i; !_failed && !cancellation.IsCancellationRequested && (i = Interlocked.Increment(ref _next)) < _parts.Length;)
            {
                try
                {
                    var (file, part) = _parts[i];
                    if (open != file)
                    {
                        table?.Dispose();
                        table = files[file].Open(unit);
                        rows.Open(files[file], file, table);
                        open = file;
                    }

                    ReadPart(table!, part, rows, cancellation);
                    Interlocked.Increment(ref _done);
                }
                catch (Exception error)
                {
                    (_errors[i], _failed) = (error, true);
                }
            }
        }
        finally
        {
            table?.Dispose();
        }
    }

    private void ReadPart(TableReader table, int part, LogRows rows, CancellationToken cancellation)
    {
        table.SelectPart(part);
        for (int count; !cancellation.IsCancellationRequested && (count = table.ReadBatch(rows.Batch)) > 0;)
        {
            rows.Take(count);
            var ofPart = table.Parts > 1 ? 0 : table.Progress;
            progress.Report(ShareOfWork * (_done + ofPart) / _parts.Length);
        }
    }
}

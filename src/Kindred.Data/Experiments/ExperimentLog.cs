using Kindred.Experiments;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Reads the log of an experiment, of any size, and reduces it to the data of an analysis.</summary>
/// <remarks>
/// Rows become records of a few words, which go to partitions of units, in memory or in a temporary file. Each partition is then sorted by
/// unit, and each unit is processed with all its rows together. The result has the same bits for any number of threads and any amount of
/// memory. Units are identified by a 64-bit hash: among 100 million units, the probability that any two share a hash is 1 in 3,700.
/// </remarks>
public static class ExperimentLog
{
    // Columns of a batch, and the Parquet library's buffers of a row group.
    private const long BytesAThread = 64L << 20;
    private const long FixedBytes = 128L << 20;

    /// <summary>The maximum memory that reading takes, including the process itself.</summary>
    /// <remarks>This holds unless a 256th of the rows, at 24 bytes and 8 for each column of values and for ids of events, is more than half
    /// of <see cref="ExperimentLogOptions.MemoryBytes"/>, or there are many thousands of values of segments, or of days times
    /// metrics.</remarks>
    public static long PeakBytes(ExperimentLogOptions options) => options.MemoryBytes + FixedBytes + options.Threads * BytesAThread;

    /// <summary>Reads a log.</summary>
    /// <param name="options">The files, their columns and the requested metrics.</param>
    /// <param name="progress">Receives the completed share, 0 to 1, one call at a time; may be null.</param>
    /// <param name="cancellation">Stops reading and removes the temporary file.</param>
    /// <exception cref="KindredException">A file or column is missing or damaged, a metric cannot be computed, or the temporary file cannot
    /// be written.</exception>
    public static ExperimentData Read(ExperimentLogOptions options, Action<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        LogOptionsCheck.Check(options);
        var files = LogFile.OpenAll(options);
        var schema = new LogSchema(options, files);
        using var store = new RecordStore(schema.Layout, options.MemoryBytes / 2, options.Threads, options.SpillFolder);
        var told = new LogProgress(progress);
        var rows = new LogContents(options, schema);
        rows.Read(store, told, cancellation);
        return Reduce(options, rows, store, told, cancellation);
    }

    private static ExperimentData Reduce(ExperimentLogOptions options, LogContents rows, RecordStore store, LogProgress progress,
        CancellationToken cancellation)
    {
        var reduction = ReductionOf(options, rows);
        // Records and their order, for as many partitions as fit in memory.
        var bytes = store.LargestPartition * sizeof(ulong) * 5 / 4;
        var threads = (int)Math.Clamp(options.MemoryBytes / 2 / Math.Max(1, bytes), 1, options.Threads);
        var (done, passes) = (0, reduction.NeedsSurvey ? 2 : 1);
        if (reduction.NeedsSurvey) Pass(reduction.CreateSurvey);
        Pass(reduction.CreateReduction);
        return reduction.ToData(rows.Rows) with { Problems = rows.Describe(reduction.Problems), UnknownArms = rows.AlikeArms };

        void Pass(Func<Func<ulong[], int, Action>> worker)
        {
            var last = ++done == passes;
            new PartitionRun(store, last).Run(
                threads, worker,
                partitions =>
                    progress.Report(LogReader.ShareOfWork +
                        (1 - LogReader.ShareOfWork) * (done - 1 + (double)partitions / RecordLayout.Partitions) / passes),
                cancellation);
        }
    }

    private static ExperimentReduction ReductionOf(ExperimentLogOptions options, LogContents rows)
    {
        try
        {
            return new ExperimentReduction(rows.ToPlan());
        }
        catch (KindredException problem) when (!problem.Message.Contains(options.Files[0], StringComparison.Ordinal))
        {
            throw new KindredException(problem.Kind, problem.Code, $"{options.Files[0]}: {problem.Problem}", problem.Remedy,
                problem)
            { Values = problem.Values };
        }
    }
}

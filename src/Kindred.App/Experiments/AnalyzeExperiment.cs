using Kindred.Data.Experiments;
using Kindred.Experiments.Analysis;

namespace Kindred.App.Experiments;

/// <summary>Reads the log of an experiment and analyses it.</summary>
public static class AnalyzeExperiment
{
    /// <summary>Analyses an experiment.</summary>
    /// <param name="request">The log and the options of the analysis.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The analysis.</returns>
    /// <exception cref="KindredException">The log or a setting is wrong.</exception>
    public static AnalyzedExperiment Run(AnalyzeExperimentRequest request, IProgressReporter progress,
        CancellationToken cancellation = default)
    {
        // Reading a log may take minutes, so options are checked first.
        OptionsValidation.Require(request.Analysis);
        using var line = progress.Start("Reading the log");
        var data = ExperimentLog.Read(request.Log with { Rules = request.Log.Rules.Noting(progress) }, line.Report, cancellation);
        try
        {
            return new AnalyzedExperiment(request.Name, request.Log.Unit is null, ExperimentAnalyzer.Analyze(data, request.Analysis));
        }
        catch (KindredException problem) when (problem.Kind == ErrorKind.BadInput)
        {
            // The analysis does not know the file's path, so the error adds it.
            throw new KindredException(problem.Kind, problem.Code, $"{request.Log.Files[0]}: {problem.Problem}", problem.Remedy, problem)
            {
                Values = problem.Values,
            };
        }
    }
}

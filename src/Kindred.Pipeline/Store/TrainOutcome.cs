namespace Kindred.Pipeline.Store;

/// <summary>What came of one list in a task of training.</summary>
/// <param name="Given">Users of the list.</param>
/// <param name="Matched">Those of them who are in the population.</param>
/// <param name="Seeds">Those of them whom the model learnt from.</param>
/// <param name="Model">The model's place in the folder of models; null where there is none.</param>
/// <param name="Rejected">Why there is none.</param>
internal sealed record TrainOutcome(int Given, int Matched, int Seeds, int? Model, string? Rejected)
{
    private const string File = "outcomes.json";

    public static string ModelsIn(string folder) => Path.Combine(folder, "models");

    public static void Write(string folder, IReadOnlyList<TrainOutcome> outcomes) =>
        System.IO.File.WriteAllBytes(Path.Combine(folder, File), Documents.SerialiseLines(outcomes));

    public static TrainOutcome[] Read(string folder)
    {
        StageFormats.Require(folder, StageFormats.Train, File);
        return Documents.Read<TrainOutcome[]>(Path.Combine(folder, File), StageFormats.DamagedCode, StageFormats.Remedy);
    }
}

namespace Kindred.Pipeline.Store;

/// <summary>The result of one list in a training task.</summary>
/// <param name="Given">The number of users in the list.</param>
/// <param name="Matched">The number of those in the population.</param>
/// <param name="Seeds">The number of those that the model was trained on.</param>
/// <param name="Model">The model's place in the folder of models; null if there is none.</param>
/// <param name="Rejected">The reason why there is no model.</param>
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

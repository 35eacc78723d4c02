using Kindred.Data.Models;
using Kindred.Data.Populations;

namespace Kindred.Cli.Jobs;

/// <summary>Models that score the embeddings of a population.</summary>
internal static class ModelsOfSpace
{
    /// <summary>Opens models.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="population">The population whose embeddings they must have been trained on, at whatever time.</param>
    /// <param name="otherwise">What follows where they were not, and what to do.</param>
    /// <exception cref="KindredException">They were trained on other embeddings.</exception>
    public static ModelSet Open(string folder, PopulationManifest population, string otherwise)
    {
        var models = ModelFolder.Open(folder);
        if (models.EmbeddingSpace == TrainJob.SpaceOf(population)) return models;
        throw new KindredException(ErrorKind.BadInput,
            $"The models in {folder} were trained on population {Short(models.PopulationVersion)}, whose embeddings are not those of population {Short(population.Version)}: {otherwise}");
    }

    private static string Short(string version) => version[..Math.Min(8, version.Length)];
}

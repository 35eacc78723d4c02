using Kindred.App.Tuning;
using Kindred.Data.Models;
using Kindred.Data.Populations;

namespace Kindred.App.Training;

/// <summary>Models that score the embeddings of a population.</summary>
internal static class ModelsOfSpace
{
    /// <summary>Opens models.</summary>
    /// <param name="folder">The folder of models.</param>
    /// <param name="population">The population that provided the embeddings for training, in its current or an earlier state.</param>
    /// <param name="code">The code of the error if they were trained on other embeddings.</param>
    /// <param name="consequence">The consequence, at the end of a sentence.</param>
    /// <param name="remedy">The remedy.</param>
    /// <exception cref="KindredException">They were trained on other embeddings.</exception>
    public static ModelSet Open(string folder, PopulationManifest population, string code, string consequence, string remedy)
    {
        var models = ModelFolder.Open(folder);
        if (models.EmbeddingSpace == EmbeddingSpace.Of(population)) return models;
        throw new KindredException(ErrorKind.BadInput, code,
            $"The models in {folder} were trained on population {Short(models.PopulationVersion)}, whose embeddings are not those of population {Short(population.Version)}: {consequence}",
            remedy);
    }

    private static string Short(string version) => version[..Math.Min(8, version.Length)];
}

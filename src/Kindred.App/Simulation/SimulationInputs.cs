using Kindred.Populations;
using Kindred.Worlds;

namespace Kindred.App.Simulation;

/// <summary>The inputs of the simulated systems.</summary>
/// <param name="World">The world.</param>
/// <param name="Seeds">The file of its seed lists.</param>
/// <param name="PopulationFolder">The folder of its population.</param>
/// <param name="Population">The opened population.</param>
/// <param name="Active">The number of its active users.</param>
internal sealed record SimulationInputs(World World, string Seeds, string PopulationFolder, Population Population, long Active);

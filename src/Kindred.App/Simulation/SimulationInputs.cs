using Kindred.Populations;
using Kindred.Worlds;

namespace Kindred.App.Simulation;

/// <summary>What systems are made from.</summary>
/// <param name="World">The world.</param>
/// <param name="Seeds">The file of its seed lists.</param>
/// <param name="PopulationFolder">The folder of its population.</param>
/// <param name="Population">The same, opened.</param>
/// <param name="Active">Its active users.</param>
internal sealed record SimulationInputs(World World, string Seeds, string PopulationFolder, Population Population, long Active);

using Kindred.Scoring;

namespace Kindred.Networks.Mlp;

/// <summary>Stores a <see cref="Network"/> as parameters, and reads it back with all lengths checked.</summary>
/// <remarks>Networks with several hidden layers have a separate kind, so that a version that supports only one layer refuses
/// them.</remarks>
internal static class NetworkParameters
{
    /// <summary>Maximum units of a layer: scoring holds a lane group per unit on the stack.</summary>
    public const int MostUnits = 1_024;

    /// <summary>The stored parameters of a network.</summary>
    public static ScorerParameters Of(Network network)
    {
        var isDeep = network.Hidden.Count > 1;
        var tensors = new List<ScorerTensor> { new("skip", [network.Inputs], network.Skip), new("bias", [1], [network.Bias]) };
        long inputs = network.Inputs;
        for (var layer = 0; layer < network.Hidden.Count; layer++)
        {
            var hidden = network.Hidden[layer];
            tensors.Add(new(Name(isDeep, layer), [hidden.Units, inputs], hidden.Weights));
            tensors.Add(new(Name(isDeep, layer) + "_bias", [hidden.Units], hidden.Bias));
            inputs = hidden.Units;
        }

        if (network.Hidden.Count > 0) tensors.Add(new("output", [network.Output.Length], network.Output));
        return new ScorerParameters(isDeep ? NetworkScorer.DeepKind : NetworkScorer.Kind) { Tensors = tensors };
    }

    /// <summary>Restores the network.</summary>
    /// <exception cref="KindredException">A parameter is missing, or its length does not fit the others.</exception>
    public static Network Read(ScorerParameters parameters)
    {
        var isDeep = parameters.Kind == NetworkScorer.DeepKind;
        var skip = parameters.Values("skip");
        var layers = new List<DenseLayer>();
        for (var layer = 0; (isDeep || layer == 0) && parameters.Values(Name(isDeep, layer)).Length > 0; layer++)
        {
            layers.Add(new DenseLayer(parameters.Values(Name(isDeep, layer)), parameters.Values(Name(isDeep, layer) + "_bias")));
        }

        Require(parameters, "skip", skip.Length, skip.Length > 0, "at least 1");
        Require(parameters, "bias", 1);
        if (isDeep && layers.Count < 2) Require(parameters, Name(isDeep, layers.Count), 0, false, "more");
        long inputs = skip.Length;
        for (var layer = 0; layer < layers.Count; layer++)
        {
            var (name, units) = (Name(isDeep, layer), layers[layer].Units);
            Require(parameters, name + "_bias", units, units is > 0 and <= MostUnits, FormattableString.Invariant($"1 to {MostUnits:N0}"));
            Require(parameters, name, units * inputs);
            inputs = units;
        }

        Require(parameters, "output", layers.Count > 0 ? inputs : 0);
        return new Network(skip, parameters.Values("bias")[0], layers, parameters.Values("output"));
    }

    private static string Name(bool isDeep, int layer) => isDeep ? FormattableString.Invariant($"hidden_{layer + 1}") : "hidden";

    private static void Require(ScorerParameters parameters, string tensor, long length)
    {
        var found = parameters.Values(tensor).Length;
        Require(parameters, tensor, found, found == length, FormattableString.Invariant($"{length:N0}"));
    }

    private static void Require(ScorerParameters parameters, string tensor, long found, bool fits, string needed)
    {
        if (fits) return;
        throw new KindredException(ErrorKind.Corrupt, "model_damaged", FormattableString.Invariant(
            $"A scorer of kind '{parameters.Kind}' has {found:N0} numbers in its tensor '{tensor}' where {needed} are needed: the model is damaged."), "Train the models again.");
    }
}

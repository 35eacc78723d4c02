using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.Networks.Mlp;

/// <summary>The split into rows that a list's epochs are chosen on and the others; a user is always on the same side.</summary>
internal readonly record struct HiddenLayerRows(ulong Key, double Share)
{
    public static HiddenLayerRows Of(MlpOptions options, string list) =>
        new(HiddenLayerTraining.KeyOf(options, list).Then(UserHash.Of("validation"u8)), options.ValidationShare);

    public bool IsHeld(ulong hash) => Key.Then(hash).ToUnit() < Share;

    public bool IsNotHeld(ulong hash) => !IsHeld(hash);
}

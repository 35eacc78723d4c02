using Kindred.Ids;
using Kindred.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>Warns of ids that are probably of one user, written in several ways.</summary>
public static class IdNotes
{
    /// <summary>Writes the warning.</summary>
    public static void Write(IdList users, IProgressReporter progress, CancellationToken cancellation)
    {
        if (IdVariants.Find(users, cancellation) is not { } variants) return;
        var forms = variants.ByForm.Where(form => form.Ids > 0).Select(form => FormattableString.Invariant($"{Name(form.Form)} ({form.Ids:N0})"));
        progress.Note($"The {variants.Ids:N0} user ids would be {variants.Normalised:N0} if they were written in one way; they differ in {string.Join(", ", forms)}. If these are the same people, write ids in one way, here and in seed lists: {new IdNormalization(variants.Forms)}.");
    }

    private static string Name(IdForms form) => form switch
    {
        IdForms.Lower => "upper and lower case",
        IdForms.Nfc => "Unicode form",
        _ => "a fraction such as .0",
    };
}

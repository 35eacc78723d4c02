using System.Globalization;
using System.Text;

namespace Kindred.Experiments.Assignment;

/// <summary>What an assignment may be made of.</summary>
internal static class AssignmentRules
{
    private const int MaxBytes = 128;

    public static void Check(string salt, IReadOnlyList<AssignmentArm> arms, AssignmentLayer? layer)
    {
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentNullException.ThrowIfNull(arms);
        CheckText(salt, "salt of the assignment");
        if (arms.Count < 2) throw Wrong($"An assignment has {arms.Count} arms; at least two are needed, such as control and treatment with a weight of 1 each");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, weight) in arms)
        {
            CheckText(name, "name of an arm");
            if (!names.Add(name)) throw Wrong($"Two arms are called '{name}'. Give every arm a name of its own");
            if (weight is < 1 or > AssignmentArm.MaxWeight)
            {
                throw Wrong($"The weight of arm '{name}' is {weight}; it must be a whole number from 1 to {AssignmentArm.MaxWeight}. Leave an arm out that nobody is to be in");
            }
        }

        if (layer is null) return;
        CheckText(layer.Salt, "salt of the layer");
        if (layer.From < 0 || layer.To > AssignmentLayer.Buckets || layer.From >= layer.To)
        {
            throw Wrong($"The buckets of layer '{layer.Salt}' are {layer.From} up to {layer.To}; they must be a range within 0 up to {AssignmentLayer.Buckets}, such as 0 up to 2500 for a quarter of the units");
        }
    }

    private static void CheckText(string text, string what)
    {
        if (string.IsNullOrWhiteSpace(text)) throw Wrong($"The {what} is empty. Give it a text, such as the name of the experiment");
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxBytes) throw Wrong($"The {what} has {bytes} bytes in UTF-8; it may have {MaxBytes}. Shorten '{text[..40]}…'");
    }

    private static KindredException Wrong(FormattableString problem) => new(ErrorKind.Usage, problem.ToString(CultureInfo.InvariantCulture) + ".");
}

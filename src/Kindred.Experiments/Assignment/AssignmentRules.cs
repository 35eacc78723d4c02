using System.Globalization;
using System.Text;

namespace Kindred.Experiments.Assignment;

/// <summary>The rules for salts, arms and layers.</summary>
internal static class AssignmentRules
{
    private const int MaxBytes = 128;

    public static void Check(string salt, IReadOnlyList<AssignmentArm> arms, AssignmentLayer? layer)
    {
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentNullException.ThrowIfNull(arms);
        CheckText(salt, "salt of the assignment");
        if (arms.Count < 2)
        {
            throw InvalidAssignment("assignment_arms_too_few", $"The assignment has {arms.Count} arms; it needs at least two.",
                "Give two arms, such as control and treatment with a weight of 1 each.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, weight) in arms)
        {
            CheckText(name, "name of an arm");
            if (!names.Add(name))
            {
                throw InvalidAssignment("assignment_arm_twice", $"Two arms are called '{name}'.", "Give each arm its own name.");
            }
            if (weight is < 1 or > AssignmentArm.MaxWeight)
            {
                throw InvalidAssignment("assignment_weight_out_of_range",
                    $"The weight of arm '{name}' is {weight}; it must be a whole number from 1 to {AssignmentArm.MaxWeight}.",
                    "To keep units out of an arm, leave the arm out.");
            }
        }

        if (layer is null) return;
        CheckText(layer.Salt, "salt of the layer");
        if (layer.From < 0 || layer.To > AssignmentLayer.Buckets || layer.From >= layer.To)
        {
            throw InvalidAssignment("layer_range_invalid",
                $"The buckets of layer '{layer.Salt}' are {layer.From} up to {layer.To}; they must be a range within 0 up to {AssignmentLayer.Buckets}.",
                "Give a range such as 0 up to 2500, which is a quarter of the units.");
        }
    }

    private static void CheckText(string text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw InvalidAssignment("assignment_text_empty", $"The {what} is empty.",
                "Give it a text, such as the name of the experiment.");
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxBytes)
        {
            throw InvalidAssignment("assignment_text_too_long", $"The {what} has {bytes} bytes in UTF-8; the maximum is {MaxBytes}.",
                $"Shorten '{text[..40]}…'.");
        }
    }

    private static KindredException InvalidAssignment(string code, FormattableString problem, string remedy) =>
        new(ErrorKind.Usage, code, problem.ToString(CultureInfo.InvariantCulture), remedy);
}

using Kindred.Experiments;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>The arms of a log: declared arms, or those found in it.</summary>
internal sealed class LogArms
{
    private readonly ExperimentLogOptions _options;
    private readonly bool[] _found = new bool[RecordLayout.MostArms];
    private readonly SortedSet<string> _alike = new(StringComparer.Ordinal);

    public LogArms(ExperimentLogOptions options)
    {
        _options = options;
        Codes = options.Arm is null ? new TextCodes(["all"])
            : options.Arms is { } arms ? new TextCodes(arms, NoteAlike)
            : new TextCodes(RecordLayout.MostArms, most => new KindredException(ErrorKind.BadInput, "arms_too_many",
                $"{options.Files[0]}: column '{options.Arm}' has more than {most} different values, more than an experiment can have arms.",
                "Name the arm column, or declare the arms: rows of other arms are counted and left out."));
    }

    /// <summary>The codes of the arms' names.</summary>
    public TextCodes Codes { get; }

    /// <summary>Names in the log that differ from a declared arm only in case or white space.</summary>
    public IReadOnlyList<string> Alike => [.. _alike];

    /// <summary>Records that a unit is in an arm.</summary>
    public void Find(int code) => _found[code] = true;

    /// <summary>The names, the control first, and [codes] the place of each code's arm among them.</summary>
    public (IReadOnlyList<string> Names, IReadOnlyList<int> OfCode) ToList()
    {
        var texts = Codes.Texts;
        var known = _options.Arms ?? (_options.Arm is null ? texts : null);
        List<string> names = [.. known ?? [.. texts.Where((_, code) => _found[code]).Order(StringComparer.Ordinal)]];
        if (names.Count == 0)
        {
            throw new KindredException(ErrorKind.BadInput, "arms_missing",
                $"{_options.Files[0]}: no row from the start to the end of the experiment names an arm in column '{_options.Arm}'.",
                "Check the arm column, the times, and the start and the end of the experiment.");
        }

        if (_options.Control is { } control && !names.Remove(control))
        {
            var alike = names.Find(name => ArmNames.AreAlike(name, control));
            throw new KindredException(ErrorKind.BadInput, "control_not_in_log",
                $"{_options.Files[0]}: column '{_options.Arm}' has no arm '{control}', the control. " +
                $"The arms are {string.Join(", ", names.Take(20).Select(name => $"'{name}'"))}." +
                (alike is null ? "" : $" '{alike}' differs from it only in case or white space."),
                "Check the spelling of the control.")
            {
                Values = new Dictionary<string, object?> { ["control"] = control, ["arms"] = names },
            };
        }

        if (_options.Control is not null) names.Insert(0, _options.Control);
        return (names, [.. texts.Select(text => names.IndexOf(text))]);
    }

    private void NoteAlike(string text)
    {
        const int most = 20;
        if (!_options.Arms!.Any(arm => ArmNames.AreAlike(arm, text))) return;
        _alike.Add(text);
        if (_alike.Count > most) _alike.Remove(_alike.Max!);
    }
}

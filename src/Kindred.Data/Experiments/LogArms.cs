using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>The arms of a log: those that were declared, or those that are found.</summary>
internal sealed class LogArms
{
    private readonly ExperimentLogOptions _options;
    private readonly bool[] _found = new bool[RecordLayout.MostArms];

    public LogArms(ExperimentLogOptions options)
    {
        _options = options;
        Codes = options.Arm is null ? new TextCodes(["all"])
            : options.Arms is { } arms ? new TextCodes(arms)
            : new TextCodes(RecordLayout.MostArms, most => new KindredException(ErrorKind.BadInput,
                $"{options.Files[0]}: column '{options.Arm}' has more than {most} different values, more than an experiment can have arms. " +
                "Name the column that says the arm of a unit, or declare the arms, and other values are counted and left out."));
    }

    /// <summary>The numbers of their names.</summary>
    public TextCodes Codes { get; }

    /// <summary>Takes note of an arm that a unit is in.</summary>
    public void Find(int code) => _found[code] = true;

    /// <summary>The names, the control first, and [codes] which of them each code is.</summary>
    public (IReadOnlyList<string> Names, IReadOnlyList<int> OfCode) ToList()
    {
        var texts = Codes.Texts;
        var known = _options.Arms ?? (_options.Arm is null ? texts : null);
        List<string> names = [.. known ?? [.. texts.Where((_, code) => _found[code]).Order(StringComparer.Ordinal)]];
        if (names.Count == 0)
        {
            throw new KindredException(ErrorKind.BadInput,
                $"{_options.Files[0]}: no row from the start to the end of the experiment names an arm in column '{_options.Arm}'. Check which column says the arm, the times, and the start and the end.");
        }

        if (_options.Control is { } control && !names.Remove(control))
        {
            throw new KindredException(ErrorKind.BadInput,
                $"{_options.Files[0]}: column '{_options.Arm}' has no arm '{control}', which is to be the control. The arms are " +
                $"{string.Join(", ", names.Take(20).Select(name => $"'{name}'"))}. Check how it is written.");
        }

        if (_options.Control is not null) names.Insert(0, _options.Control);
        return (names, [.. texts.Select(text => names.IndexOf(text))]);
    }
}

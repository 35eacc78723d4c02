using System.Globalization;

namespace Kindred.Pipeline.Tests;

/// <summary>Collects the notes of a run.</summary>
internal sealed class Notes : IProgressReporter, IProgressStep
{
    public List<string> Texts { get; } = [];

    public void Note(FormattableString text) => Texts.Add(text.ToString(CultureInfo.InvariantCulture));

    public IProgressStep Start(string work) => this;

    public void Report(double share)
    {
    }

    public void Dispose()
    {
    }
}

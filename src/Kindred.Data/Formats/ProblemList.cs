namespace Kindred.Data.Formats;

/// <summary>The problems of a folder: all are counted, and the first of them are kept.</summary>
/// <param name="remedy">The remedy for all of them, which is removed from the end of each.</param>
public sealed class ProblemList(string remedy)
{
    /// <summary>Maximum number of problems that are kept as sentences.</summary>
    public const int Most = 20;

    private readonly List<string> _kept = [];

    /// <summary>The number of problems.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them, as sentences that name the file.</summary>
    public IReadOnlyList<string> Kept => _kept;

    /// <summary>Adds a problem.</summary>
    /// <param name="sentence">A sentence that names the file, with or without a full stop.</param>
    public void Add(string sentence)
    {
        Count++;
        if (_kept.Count < Most) _kept.Add(sentence.Replace($" {remedy}.", "", StringComparison.Ordinal).TrimEnd('.') + ".");
    }

    /// <summary>Counts problems that are not kept.</summary>
    internal void AddUnnamed(int count) => Count += count;

    /// <summary>Adds a problem unless a condition holds.</summary>
    public void Require(bool holds, string sentence)
    {
        if (!holds) Add(sentence);
    }

    /// <summary>Runs a check that throws if it finds a problem.</summary>
    /// <returns>True if it found none.</returns>
    public bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (KindredException problem)
        {
            Add(problem.Problem);
            return false;
        }
    }
}

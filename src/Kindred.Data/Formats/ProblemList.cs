namespace Kindred.Data.Formats;

/// <summary>What was found to be wrong with a folder: all problems are counted, and the first of them kept.</summary>
/// <param name="remedy">What is said once for all of them, and so is taken off the end of each.</param>
public sealed class ProblemList(string remedy)
{
    /// <summary>So many are kept in words.</summary>
    public const int Most = 20;

    private readonly List<string> _kept = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them, as sentences that name the file.</summary>
    public IReadOnlyList<string> Kept => _kept;

    /// <summary>Adds one.</summary>
    /// <param name="sentence">A sentence that names the file, with or without a full stop.</param>
    public void Add(string sentence)
    {
        Count++;
        if (_kept.Count < Most) _kept.Add(sentence.Replace($" {remedy}.", "", StringComparison.Ordinal).TrimEnd('.') + ".");
    }

    /// <summary>Counts some that are not kept.</summary>
    internal void AddUnsaid(int count) => Count += count;

    /// <summary>Adds one unless something holds.</summary>
    public void Require(bool holds, string sentence)
    {
        if (!holds) Add(sentence);
    }

    /// <summary>Does something that may find a problem by failing.</summary>
    /// <returns>Whether it did not fail.</returns>
    public bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (KindredException problem)
        {
            Add(problem.Message);
            return false;
        }
    }
}

namespace Kindred.Fuzz;

/// <summary>Feeds damaged inputs to one reader. Inputs are numbered from 0; the same seed and number reproduce the same input.</summary>
public sealed class FuzzRun
{
    private readonly FuzzTarget _target;
    private readonly FuzzInput[] _corpus;
    private readonly int _seed;
    private readonly string _work;
    private readonly bool _alone;

    /// <summary>Copies the corpus to a working folder.</summary>
    /// <param name="target">The reader.</param>
    /// <param name="corpus">The inputs to damage.</param>
    /// <param name="seed">Seed of the damage.</param>
    /// <param name="work">A working folder for this run only.</param>
    /// <param name="alone">True if the process does nothing else, so that all its memory counts.</param>
    public FuzzRun(FuzzTarget target, IReadOnlyList<FuzzInput> corpus, int seed, string work, bool alone = true)
    {
        (_target, _corpus, _seed, _work, _alone) = (target, [.. corpus], seed, work, alone);
        for (var i = 0; i < _corpus.Length; i++) _corpus[i].Write(FolderOf(i));
    }

    /// <summary>The reader's name.</summary>
    public string Name => _target.Name;

    /// <summary>Number of inputs that the reader received.</summary>
    public long Inputs { get; private set; }

    /// <summary>Number of inputs that the reader refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Cases of the corpus that the reader refuses undamaged; each is a mistake in the corpus.</summary>
    public IEnumerable<string> Unreadable() =>
        _corpus.Select((input, i) => (Path: input.PathIn(FolderOf(i)),
            Verdict: FuzzVerdict.Of(_target.Read, input.PathIn(FolderOf(i)), _alone)))
            .Where(one => one.Verdict.Refused || one.Verdict.Signature is not null)
            .Select(one => $"{one.Path}: {one.Verdict.Problem ?? "refused"}");

    /// <summary>Feeds the next input to the reader.</summary>
    /// <returns>The finding; null if the reader behaved.</returns>
    public FuzzFinding? Next() => Try(Inputs);

    /// <summary>Feeds one input to the reader.</summary>
    /// <param name="number">The input's number.</param>
    /// <param name="keep">A folder to copy the input to; null to keep no copy.</param>
    /// <returns>The finding; null if the reader behaved.</returns>
    public FuzzFinding? Try(long number, string? keep = null)
    {
        var random = new Random(unchecked((int)(_seed * 1_000_003L + number * 7_919 + _target.Name.Sum(letter => letter * 31L))));
        var mutator = new Mutator(random, _target.Tokens);
        var place = random.Next(_corpus.Length);
        var (input, folder) = (_corpus[place], FolderOf(place));
        var touched = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            touched.Add(Damage(input, folder, mutator, random));
        }
        while (random.Next(8) == 0);
        FuzzVerdict verdict;
        try
        {
            if (input.IsFolder && random.Next(10) < 7) SealAll(input, folder, touched);
            verdict = FuzzVerdict.Of(_target.Read, input.PathIn(folder), _alone);
            if (keep is not null) Copy(folder, keep);
        }
        finally
        {
            foreach (var path in touched) File.WriteAllBytes(input.FileIn(folder, path), input.Files[path]);
        }

        Inputs++;
        if (verdict.Refused) Refused++;
        return verdict.Signature is null ? null : new FuzzFinding(Name, number, verdict.Signature, verdict.Problem!);
    }

    private string FolderOf(int place) =>
        Path.Combine(_work, _target.Name, place.ToString("D2", System.Globalization.CultureInfo.InvariantCulture));

    private string Damage(FuzzInput input, string folder, Mutator mutator, Random random)
    {
        var path = input.Files.Keys.ElementAt(random.Next(input.Files.Count));
        var file = input.FileIn(folder, path);
        if (input.IsFolder && random.Next(40) == 0)
        {
            File.Delete(file);
            return path;
        }

        var alike = _corpus.SelectMany(other => other.Files).Where(other => Path.GetExtension(other.Key) == Path.GetExtension(path))
            .Select(other => other.Value).ToArray();
        File.WriteAllBytes(file, FileShape.Mutate(path, input.Files[path], alike[random.Next(alike.Length)], mutator, random));
        return path;
    }

    private static void SealAll(FuzzInput input, string folder, HashSet<string> touched)
    {
        foreach (var path in touched.ToArray())
        {
            if (Seal.Apply(input.PathIn(folder), input.FileIn(folder, path)) is { } manifest) touched.Add(Path.GetRelativePath(input.PathIn(folder), manifest));
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}

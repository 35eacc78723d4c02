using System.Text.RegularExpressions;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Tests that commands refuse malformed files with the right code and message, in bounded memory, and leave nothing behind.</summary>
public sealed partial class MalformedFileTests(SmallWorld world) : IDisposable
{
    // For reading the file, and for opening and checking a population; garbage counts too.
    private const long MaximumBytes = 256L << 20;

    private static readonly Dictionary<string, Malformed> _all =
        ((IEnumerable<Malformed>)[.. MalformedTexts.All, .. MalformedArchives.All, .. MalformedEmbeddings.All, .. MalformedSettings.All]).ToDictionary(one => one.What, StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. _all.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_by_name_with_a_remedy_and_leaves_nothing(string what)
    {
        var malformed = _all[what];
        var names = NamesOf(malformed);
        malformed.Content.Write(names["file"]);
        if (malformed.Command.Contains(".yaml}", StringComparison.Ordinal)) FillIn(names["file"], names);
        var before = FolderContents.Of(_folder.Path);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var run = Invocation.Of([.. File().Replace(malformed.Command, "{file}").Split(' ').Select(word => Replace(word, names))]);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.True(run.Code == malformed.Code, $"Exit code {run.Code}, not {malformed.Code}:\n{run.Output}{run.Error}");
        Assert.All(malformed.Says, text => Assert.Contains(Replace(text, names), run.Error, StringComparison.Ordinal));
        if (malformed.NamesFile) Assert.Contains(names["file"], run.Error, StringComparison.Ordinal);
        Assert.Matches(Sentences(), run.Error.TrimEnd().Split('\n')[^1]);
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Error, letter => char.IsControl(letter) && letter is not ('\n' or '\r'));
        Assert.True(allocated < MaximumBytes, $"{allocated:N0} bytes were allocated.");
        Assert.Equal(before, FolderContents.Of(_folder.Path));
    }

    private Dictionary<string, string> NamesOf(Malformed malformed) => new(StringComparer.Ordinal)
    {
        ["file"] = _folder["malformed" + File().Match(malformed.Command).Groups[1].Value],
        ["out"] = _folder["out"],
        ["population"] = world.Population,
        ["models"] = world.Models,
        ["seeds"] = world.Seeds,
        ["interactions"] = world.Interactions,
        ["two-ids"] = malformed.Command.Contains("{two-ids}", StringComparison.Ordinal) ? _folder.Text("two-ids.csv", "user_id\na\nb\n") : "",
        ["two-vectors"] = malformed.Command.Contains("{two-vectors}", StringComparison.Ordinal) ? Written("two.npy", NumpyBytes.Floats("2, 2", 1, 2, 3, 4)) : "",
    };

    private string Written(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }

    // Fills in paths of the small world in settings. Works on bytes, because some settings are not UTF-8.
    private static void FillIn(string file, Dictionary<string, string> names)
    {
        var latin1 = System.Text.Encoding.Latin1;
        System.IO.File.WriteAllText(file, Replace(latin1.GetString(System.IO.File.ReadAllBytes(file)), names), latin1);
    }

    private static string Replace(string text, Dictionary<string, string> names)
    {
        foreach (var (name, path) in names) text = text.Replace("{" + name + "}", path, StringComparison.Ordinal);
        return text;
    }

    [GeneratedRegex(@"\{file(\.[a-z.]+)\}")]
    private static partial Regex File();

    // The problem, then the remedy.
    [GeneratedRegex(@"^kindred: .*[.?] \S.*[.?]$")]
    private static partial Regex Sentences();
}

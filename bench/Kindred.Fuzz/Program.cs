using System.Globalization;
using Kindred.Fuzz;

// run [--seconds 60] [--seed 1] [--targets csv,gzip] [--findings DIR]   fuzz the targets in turn, and print a summary
// again TARGET SEED NUMBER DIR                                         reproduce one input, and keep it in DIR
// corpus                                                               rewrite the binary part of the corpus
var culture = CultureInfo.InvariantCulture;
var repository = Repository();
var work = Directory.CreateTempSubdirectory("kindred-fuzz-").FullName;
try
{
    switch (args)
    {
        case ["corpus"]:
            CorpusMaker.Write(Path.Combine(repository, "bench", "Kindred.Fuzz", "corpus"));
            return 0;
        case ["again", var name, var seed, var number, var keep]:
            var target = Targets.All.Single(one => one.Name == name);
            var finding = new FuzzRun(target, target.Corpus(repository), int.Parse(seed, culture), work)
                .Try(long.Parse(number, culture), keep);
            Console.WriteLine(finding?.Problem ?? "no problem");
            return finding is null ? 0 : 1;
        case ["run", ..]:
            return Session.Run(repository, work, Option("--seconds", "60"), Option("--seed", "1"), Option("--targets", ""),
                Option("--findings", ""));
        default:
            Console.Error.WriteLine("run [--seconds N] [--seed N] [--targets A,B] [--findings DIR] | again TARGET SEED NUMBER DIR | corpus");
            return 2;
    }
}
finally
{
    Directory.Delete(work, recursive: true);
}

string Option(string name, string otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

static string Repository()
{
    var folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "Kindred.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The program is not inside the repository.");
    return folder;
}

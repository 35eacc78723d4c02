// Measures how well an attacker can infer seed list membership from what Kindred publishes. The attacker knows all that the platform
// knows about its users.
//   dotnet run -c Release --project bench/Kindred.Privacy -- POPULATION SEEDS [SIZE …]
using System.Globalization;
using Kindred.Audiences;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Networks.Mlp;
using Kindred.Privacy;
using Kindred.SeedLists;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: Kindred.Privacy POPULATION SEEDS [SIZE …]");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var population = PopulationSnapshot.Open(args[0]);
SeedMatch[] lists = [.. SeedListReader.Read([args[1]]).Select(list => SeedMatch.Of(list, population))
    .Where(list => list.Users.Count >= new MlpOptions().MinimumSeeds)];
var audit = new Audit(new Crowd(population), Environment.ProcessorCount);
foreach (var size in args.Length > 2 ? args[2..] : ["1%"])
{
    Console.WriteLine($"{args[0]}: {lists.Length} lists of {lists.Min(list => list.Users.Count):N0} to {lists.Max(list => list.Users.Count):N0} seeds, audiences of {size}");
    Console.WriteLine($"{"",-34} {"AUC",6} {"equal likeness",15} {"found at 1 in 1,000",20}");
    foreach (var (attack, figures) in audit.Run(new MlpMethod(), lists, AudienceSize.Parse(size)))
    {
        Console.WriteLine($"{attack,-34} {figures.Average(of => of.Auc),6:F3} {figures.Average(of => of.Matched),15:F3} {figures.Average(of => of.Found),20:P1}");
    }

    Write("Seeds left out, scores fitted", "score above the threshold but are absent", "are seeds", audit.Absentees);
    Write("A tenth of the seeds joins the list", "leave the audience", "joined", audit.Leavers);
}

return 0;

static void Write(string title, string named, string right, IReadOnlyList<Suspects> lists)
{
    var sum = Suspects.Sum(lists);
    var precisions = lists.Select(list => list.Precision).Where(double.IsFinite).Order().ToArray();
    Console.WriteLine($"{title}: {sum.Named:N0} users {named}, {sum.Precision:P1} of them {right} (median list {precisions[precisions.Length / 2]:P1}): {(double)sum.Right / sum.Total:P1} of all.");
}

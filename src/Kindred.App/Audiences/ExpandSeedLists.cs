using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.App.Seeds;
using Kindred.App.Training;
using Kindred.Audiences;
using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Populations;

namespace Kindred.App.Audiences;

/// <summary>Selects the audience of each seed list, with trained models or with models that it trains first.</summary>
public static class ExpandSeedLists
{
    private const string ManifestFormat = "kindred-audiences";
    private const int ManifestVersion = 1;
    private const int SmallAudience = 25;

    /// <summary>Selects audiences and writes them.</summary>
    /// <param name="request">The population, the models or seed lists, and the sizes.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>One audience per list.</returns>
    /// <exception cref="KindredException">An input is wrong, the models fit another population or country, or the output cannot be
    /// written.</exception>
    public static IReadOnlyList<ExpandedList> Run(ExpandRequest request, IProgressReporter progress,
        CancellationToken cancellation = default)
    {
        using var output = request.Out is not { } target ? null : OutputFolder.Create(target, request.Replace, ManifestFormat);
        using var population = PopulationSnapshot.Open(request.Population);
        var manifest = PopulationSnapshot.ReadManifest(request.Population);
        IReadOnlyList<UserRow> excluded =
            [.. ExcludedUsers.Read(request, population, progress, cancellation).Union(request.Forgotten.In(population))];

        var models = request.Models is { } folder
            ? ModelsOfSpace.Open(folder, manifest,
                "models_of_other_embeddings", "their scores would be meaningless.",
                "Train the models again on this population, or expand the population that they were trained on.")
            : TrainModels.Train(population, manifest,
                SeedInput.Read(request.Training!.Seeds, population, request.Expansion.Country, progress, cancellation), request.Training,
                progress, cancellation);
        CheckCountry(models, request.Expansion.Country);
        var active = Expansion.CountActive(population, population.CountryNumber(request.Expansion.Country));
        var largest = request.Expansion.Sizes.Select(size => size.Of(active)).DefaultIfEmpty(0).Max();
        var bytes = AudienceSelection.SelectionBytes(models.Models.Count, largest, request.Expansion.Threads);
        progress.Note($"Selecting {models.Models.Count:N0} audiences of up to {largest:N0} users needs about {Math.Ceiling(bytes / 1e6):N0} MB of memory.");

        Audience[] audiences;
        using (var line = progress.Start("Scoring users"))
        {
            audiences = Expansion.Run(population, [.. models.Models.Select(model => Input(model, population))], excluded, request.Expansion,
                line.Report, cancellation);
        }

        NoteSmall(audiences, request.Expansion.Sizes, progress);
        ExpandedList[] lists = [.. audiences.Zip(models.Models, (audience, model) => new ExpandedList(audience, model.Reason))];
        if (output is null)
        {
            if (request.Rows is { } rows) Print(audiences, population, new CsvText(rows, request.SpreadsheetSafe), cancellation);
            return lists;
        }

        var files = Write(output.Path, audiences, population, request, progress, cancellation);
        FolderManifest.Describe(output.Path, ManifestFormat, ManifestVersion,
            ToJson(request, models, manifest, audiences, files, excluded.Count)).Write(output.Path);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return lists;
    }

    private static void CheckCountry(ModelSet models, string? asked)
    {
        if (models.Country is null || models.Country == asked) return;
        throw new KindredException(ErrorKind.BadInput, "models_of_other_country",
            $"The models were trained for {models.Country} on users of that country only, so their scores for {asked ?? "all countries"} " +
                "are meaningless.",
            $"Expand in {models.Country}, or train on all seeds for models that can be used in any country.")
        {
            Values = new Dictionary<string, object?> { ["country"] = models.Country },
        };
    }

    // The daily run withholds such audiences. Here only the caller sees them, so a warning is enough.
    private static void NoteSmall(Audience[] audiences, IReadOnlyList<AudienceSize> sizes, IProgressReporter progress)
    {
        var small = audiences.SelectMany(audience => audience.Thresholds).Where(threshold => threshold.Users < SmallAudience)
            .Select(threshold => threshold.Users).ToArray();
        if (small.Length == 0) return;
        var which = small.Length == 1 ? FormattableString.Invariant($"1 audience has fewer than {SmallAudience} users: {small[0]:N0}.")
            : FormattableString.Invariant(
                $"{small.Length:N0} audiences have fewer than {SmallAudience} users, the smallest {small.Min():N0}.");
        var share = sizes.Any(size => !size.ToString().EndsWith('%') && size.Of(0) < SmallAudience)
            ? " To ask for a share of the users, write a percent sign, as in 1%."
            : "";
        progress.Note($"{which}{share} The members of an audience that small can be guessed (docs/privacy.md).");
    }

    private static ExpansionInput Input(StoredModel model, Population population)
    {
        var seeds = new List<UserRow>(model.Seeds.Count);
        for (var i = 0; i < model.Seeds.Count; i++)
        {
            if (population.Find(model.Seeds[i]) is { } user) seeds.Add(user);
        }

        return new ExpansionInput(model.SeedListId, model.Scorer, seeds);
    }

    private static void Print(Audience[] audiences, Population population, CsvText csv, CancellationToken cancellation)
    {
        csv.Write("seed_list_id", "user_id", "score", "rank");
        foreach (var audience in audiences)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var rank = 0; rank < audience.Members.Count; rank++)
            {
                var member = audience.Members[rank];
                csv.Write(csv.Id(audience.SeedListId), csv.Id(Encoding.UTF8.GetString(population.UserId(member.User))),
                    member.Score.ToString(CultureInfo.InvariantCulture), (rank + 1).ToString(CultureInfo.InvariantCulture));
            }
        }

        csv.Complete();
    }

    private static string[] Write(string folder, Audience[] audiences, Population population, ExpandRequest request,
        IProgressReporter progress, CancellationToken cancellation)
    {
        using var line = progress.Start("Writing audiences");
        var names = ReadableFileNames.Of(audiences.Select(audience => audience.SeedListId));
        var files = new string[audiences.Length];
        for (var i = 0; i < audiences.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            files[i] = $"{names[audiences[i].SeedListId]}.{request.Format}";
            using var writer = new AudienceWriter(Path.Combine(folder, files[i]), spreadsheetSafe: request.SpreadsheetSafe);
            for (var rank = 0; rank < audiences[i].Members.Count; rank++)
            {
                var member = audiences[i].Members[rank];
                writer.Write(population.UserId(member.User), member.Score, rank + 1);
            }

            writer.Complete();
            line.Report((i + 1.0) / audiences.Length);
        }

        return files;
    }

    private static JsonObject ToJson(
        ExpandRequest request, ModelSet models, PopulationManifest population, Audience[] audiences, string[] files, int excluded)
    {
        var json = new JsonObject
        {
            ["populationVersion"] = population.Version,
            ["method"] = models.Method,
            ["settings"] = new JsonObject(models.Settings.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["seedsIncluded"] = request.Expansion.IncludeSeeds,
            ["excludedUsers"] = excluded,
            ["audiences"] = new JsonArray([.. audiences.Select((audience, i) => ToJson(audience, models.Models[i], files[i]))]),
        };
        if (models.Version.Length > 0) json["modelsVersion"] = models.Version;
        if (request.Expansion.Country is { } country) json["country"] = country;
        if (request.SpreadsheetSafe) json["spreadsheetSafe"] = true;
        return json;
    }

    private static JsonObject ToJson(Audience audience, StoredModel model, string file)
    {
        var json = new JsonObject
        {
            ["seedListId"] = audience.SeedListId,
            ["file"] = file,
            ["seeds"] = model.Seeds.Count,
            ["candidates"] = audience.Candidates,
            ["sizes"] = new JsonArray([.. audience.Thresholds.Select(threshold => new JsonObject
            {
                ["size"] = threshold.Size.ToString(),
                ["users"] = threshold.Users,
                // Written as text, so that every JSON reader returns the same bits.
                ["thresholdScore"] = threshold.Score.ToString("R", CultureInfo.InvariantCulture),
                ["lastUserId"] = threshold.LastUserId,
            })]),
        };
        if (model.Reason is not null) json["reason"] = model.Reason;
        return json;
    }
}

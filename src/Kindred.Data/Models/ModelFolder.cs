using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.Catalog;
using Kindred.Data.Folders;
using Kindred.Data.Inputs;
using Kindred.Data.Safetensors;
using Kindred.Data.Tables;
using Kindred.Data.Values;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Data.Models;

/// <summary>A folder of models: <c>manifest.json</c>, the parameters as safetensors, and the seeds that they were trained on.</summary>
public static class ModelFolder
{
    /// <summary>The format that the manifest names.</summary>
    public const string Format = "kindred-models";

    internal const int FormatVersion = 2;
    internal const string Remedy = "Train the models again";
    internal const string SeedFile = "seeds.parquet";
    internal const string TensorFile = "models.safetensors";

    /// <summary>Writes models into a folder, which should be one of <see cref="OutputFolder"/>.</summary>
    /// <returns>The version of what was written.</returns>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public static string Write(string folder, ModelSet models)
    {
        OutputErrors.Guard(folder, () => Directory.CreateDirectory(folder));
        WriteTensors(Path.Combine(folder, TensorFile), models.Models);
        WriteSeeds(Path.Combine(folder, SeedFile), models.Models.Select(model => (model.SeedListId, model.Seeds)));
        var manifest = FolderManifest.Describe(folder, Format, FormatVersion, ToJson(models));
        manifest.Write(folder);
        return manifest.Version;
    }

    /// <summary>Reads all models of a folder.</summary>
    /// <exception cref="KindredException">A file is missing, damaged, of another format or of a newer version; the message names
    /// it.</exception>
    public static ModelSet Open(string folder)
    {
        var manifest = FolderManifest.Read(folder, Format, FormatVersion, Remedy);
        manifest.Verify(folder, Remedy);
        return Read(folder, manifest);
    }

    /// <summary>Reads the models of a folder whose files the caller verifies.</summary>
    internal static ModelSet Read(string folder, FolderManifest manifest) =>
        ManifestContent.Read(folder, Format, Remedy, () =>
        {
            var json = manifest.Content;
            var entries = json["models"]!.AsArray();
            var seeds = ReadSeeds(folder, entries);
            using var tensors = SafetensorsFile.Open(Path.Combine(folder, TensorFile));
            return new ModelSet
            {
                Method = json["method"]!.GetValue<string>(),
                PopulationVersion = json["populationVersion"]!.GetValue<string>(),
                EmbeddingSpace = json["embeddingSpace"]!.GetValue<string>(),
                Country = json["country"]?.GetValue<string>(),
                Settings = json["settings"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(),
                    StringComparer.Ordinal),
                Models = [.. entries.Select((entry, i) => Model(entry!, i, tensors, seeds[i]))],
                Version = manifest.Version,
            };
        });

    /// <summary>Reads some models of a folder, without the seeds that they were trained on.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="which">Their positions in it, from 0.</param>
    /// <exception cref="KindredException">As <see cref="Open"/>, or there is no such position.</exception>
    public static IReadOnlyList<StoredModel> OpenModels(string folder, IReadOnlyList<int> which)
    {
        var manifest = FolderManifest.Read(folder, Format, FormatVersion, Remedy);
        manifest.Verify(folder, Remedy);
        return ManifestContent.Read(folder, Format, Remedy, () =>
        {
            using var tensors = SafetensorsFile.Open(Path.Combine(folder, TensorFile));
            var entries = manifest.Content["models"]!.AsArray();
            return which.Select(index => Model(entries[index]!, index, tensors, IdList.Empty)).ToArray();
        });
    }

    /// <summary>Reads the seeds of each model that a manifest lists; none if all have been forgotten.</summary>
    internal static IReadOnlyList<IdList> ReadSeeds(string folder, JsonArray models)
    {
        var some = models.Any(model => model!["seeds"]!.GetValue<int>() > 0);
        var seeds = some ? UserIdReader.ReadByList([Path.Combine(folder, SeedFile)], new SeedListOptions { Rules = TableRules.Own }) : new Dictionary<string, IdList>();
        return [.. models.Select(model => model!["seeds"]!.GetValue<int>() == 0 ? IdList.Empty
            : seeds[model["seedListId"]!.GetValue<string>()])];
    }

    /// <summary>Writes the seeds of each model.</summary>
    internal static void WriteSeeds(string path, IEnumerable<(string SeedListId, IdList Seeds)> models)
    {
        using var table = TableWriter.Create(path,
            [new TableColumn("seed_list_id", ColumnType.Text), new TableColumn("user_id", ColumnType.Text)]);
        foreach (var (id, seeds) in models)
        {
            var list = System.Text.Encoding.UTF8.GetBytes(id);
            for (var i = 0; i < seeds.Count; i++)
            {
                table.Write(list);
                table.Write(seeds[i]);
                table.EndRow();
            }
        }

        table.Complete();
    }

    private static StoredModel Model(JsonNode entry, int index, SafetensorsFile tensors, IdList seeds)
    {
        var id = entry["seedListId"]!.GetValue<string>();
        // The first version of the format had only networks and did not name them.
        var scorer = entry["scorer"] is { } described
            ? Parameters(described, Prefix(index), tensors)
            : new ScorerParameters(NetworkScorer.Kind)
            {
                Tensors = [.. NetworkTensors(entry).Select(name =>
                Tensor(name, Prefix(index), tensors))]
            };
        var report = entry["training"]!.AsObject().ToDictionary(
            pair => pair.Key, pair => double.Parse(pair.Value!.GetValue<string>(), CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return new StoredModel(id, ScorerOf(scorer, tensors), seeds, entry["given"]!.GetValue<int>(), report)
        {
            Reason = entry["reason"]?.GetValue<string>(),
        };
    }

    private static IStoredScorer ScorerOf(ScorerParameters parameters, SafetensorsFile tensors)
    {
        try
        {
            return Methods.All.ReadScorer(parameters);
        }
        catch (KindredException problem)
        {
            // Scorers know nothing of files.
            throw new KindredException(problem.Kind, problem.Code, $"{tensors.Path}: {problem.Problem}", problem.Remedy,
                problem)
            { Values = problem.Values };
        }
    }

    private static string[] NetworkTensors(JsonNode entry) =>
        entry["hiddenUnits"]!.GetValue<int>() > 0 ? ["skip", "bias", "hidden", "hidden_bias", "output"] : ["skip", "bias"];

    private static ScorerParameters Parameters(JsonNode json, string prefix, SafetensorsFile tensors) =>
        new(json["kind"]!.GetValue<string>())
        {
            Settings = json["settings"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(),
            StringComparer.Ordinal),
            Tensors = [.. json["tensors"]!.AsArray().Select(name => Tensor(name!.GetValue<string>(), prefix, tensors))],
            Parts = [.. json["parts"]!.AsArray().Select((part, i) => Parameters(part!, PartPrefix(prefix, i), tensors))],
        };

    private static ScorerTensor Tensor(string name, string prefix, SafetensorsFile tensors)
    {
        var values = tensors.Read(prefix + name).ToArray();
        return new ScorerTensor(name, [values.Length], values);
    }

    private static void WriteTensors(string path, IReadOnlyList<StoredModel> models)
    {
        using var writer = new SafetensorsWriter(path, [.. models.SelectMany((model, i) =>
            Tensors(model.Scorer.Parameters, Prefix(i)).Select(tensor => new TensorShape(tensor.Name, tensor.Shape)))]);
        for (var i = 0; i < models.Count; i++)
        {
            foreach (var tensor in Tensors(models[i].Scorer.Parameters, Prefix(i))) writer.Write(tensor.Name, tensor.Values);
        }

        writer.Complete();
    }

    /// <summary>The tensors of a scorer and its parts, with their names in the file.</summary>
    private static IEnumerable<ScorerTensor> Tensors(ScorerParameters scorer, string prefix) =>
        scorer.Tensors.Select(tensor => tensor with { Name = prefix + tensor.Name })
            .Concat(scorer.Parts.SelectMany((part, i) => Tensors(part, PartPrefix(prefix, i))));

    private static JsonObject ToJson(ScorerParameters scorer) => new()
    {
        ["kind"] = scorer.Kind,
        ["settings"] = new JsonObject(scorer.Settings.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["tensors"] = new JsonArray([.. scorer.Tensors.Select(tensor => (JsonNode)tensor.Name)]),
        ["parts"] = new JsonArray([.. scorer.Parts.Select(part => (JsonNode)ToJson(part))]),
    };

    private static string PartPrefix(string prefix, int part) => $"{prefix}part-{part.ToString("D2", CultureInfo.InvariantCulture)}/";

    // Numbered, because ids may hold any characters; the manifest lists the models in the same order.
    private static string Prefix(int index) => index.ToString("D6", CultureInfo.InvariantCulture) + "/";

    private static JsonObject ToJson(ModelSet models)
    {
        var json = new JsonObject
        {
            ["method"] = models.Method,
            ["populationVersion"] = models.PopulationVersion,
            ["embeddingSpace"] = models.EmbeddingSpace,
            ["settings"] = new JsonObject(models.Settings.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["models"] = new JsonArray([.. models.Models.Select(ToJson)]),
        };
        if (models.Country is not null) json["country"] = models.Country;
        return json;
    }

    private static JsonObject ToJson(StoredModel model)
    {
        var json = new JsonObject
        {
            ["seedListId"] = model.SeedListId,
            ["given"] = model.Given,
            ["seeds"] = model.Seeds.Count,
            ["scorer"] = ToJson(model.Scorer.Parameters),
            // As text: every reader of JSON gives back the same bits.
            ["training"] = new JsonObject(model.Report.Select(pair =>
                KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString("R", CultureInfo.InvariantCulture)))),
        };
        if (model.Reason is not null) json["reason"] = model.Reason;
        return json;
    }
}

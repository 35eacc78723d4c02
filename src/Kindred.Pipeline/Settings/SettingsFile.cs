using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kindred.Pipeline.Settings;

/// <summary>A settings file: YAML, or JSON, which is YAML too.</summary>
/// <param name="Path">Its path, as it was given.</param>
/// <param name="Guide">The document that tells of every setting, for errors.</param>
internal sealed record SettingsFile(string Path, string Guide)
{
    /// <summary>Reads the file.</summary>
    /// <param name="exampleFile">The name of such a file, for errors.</param>
    /// <param name="exampleLine">A line of such a file, for errors.</param>
    /// <exception cref="KindredException">It cannot be read, is not YAML, or is not one map.</exception>
    public SettingsNode Load(string exampleFile, string exampleLine)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(Path);
            yaml.Load(reader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.BadInput, $"{Path} cannot be read: {error.Message.TrimEnd('.')}. Give the path of a settings file, such as {exampleFile}.", error);
        }
        catch (YamlException error)
        {
            throw new KindredException(ErrorKind.Usage,
                $"{Path}, line {error.Start.Line}, column {error.Start.Column}: this is not YAML: {error.Message.Split('\n')[0].TrimEnd('.')}. Check indentation, quotes and brackets there.", error);
        }

        return yaml.Documents is [{ RootNode: YamlMappingNode map }] ? new SettingsNode(this, "", map)
            : throw new KindredException(ErrorKind.Usage, $"{Path}, line 1: a settings file is one map of keys and values, as in '{exampleLine}'. See {Guide}.");
    }
}

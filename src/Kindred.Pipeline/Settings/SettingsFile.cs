using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kindred.Pipeline.Settings;

/// <summary>A settings file: YAML, or JSON, which is YAML too.</summary>
/// <param name="Path">Its path, as given.</param>
/// <param name="Guide">The document that describes every setting, for errors.</param>
internal sealed record SettingsFile(string Path, string Guide)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>Reads the file.</summary>
    /// <param name="exampleFile">An example of a file name, for errors.</param>
    /// <param name="exampleLine">An example of a line, for errors.</param>
    /// <exception cref="KindredException">The file cannot be read, is not YAML, or is not a map.</exception>
    public SettingsNode Load(string exampleFile, string exampleLine)
    {
        var yaml = new YamlStream();
        ShallowParser? parser = null;
        try
        {
            using var reader = new StreamReader(Path, StrictUtf8, detectEncodingFromByteOrderMarks: false);
            parser = new ShallowParser(new Parser(reader));
            yaml.Load(parser);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.BadInput, "file_not_readable", $"{Path} cannot be read: {error.Message.TrimEnd('.')}.",
                $"Give the path of a settings file, such as {exampleFile}.", error);
        }
        catch (YamlException error)
        {
            throw new KindredException(ErrorKind.Usage, "settings_not_yaml",
                $"{Path}, line {error.Start.Line}, column {error.Start.Column}: this is not YAML: " +
                    $"{error.Message.Split('\n')[0].TrimEnd('.')}.", "Check indentation, quotes and brackets there.", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new KindredException(ErrorKind.Usage, "settings_not_utf8", $"{Path}: the text is not UTF-8.",
                "Save the file as UTF-8 (it may be Latin-1, UTF-16 or not text at all).", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The library fails with other exceptions on some errors in the text, such as an unclosed bracket.
            throw new KindredException(ErrorKind.Usage, "settings_not_yaml", $"{Path}, after line {parser?.Line ?? 1}: this is not YAML.",
                "Check indentation, quotes and brackets there: an unclosed one is the usual cause.", error);
        }

        return yaml.Documents is [{ RootNode: YamlMappingNode map }] ? new SettingsNode(this, "", map)
            : throw new KindredException(ErrorKind.Usage, "settings_not_a_map",
                $"{Path}, line 1: a settings file is one map of keys and values, as in '{exampleLine}'.", $"See {Guide}.");
    }
}

using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Interven.Engine.Classifying;

/// <summary>Reads the tables of data that stand as YAML beside the detectors, embedded in the assembly.</summary>
static class Tables
{
    /// <param name="name">Path below the project, with forward slashes.</param>
    public static T Read<T>(string name)
    {
        var assembly = typeof(Tables).Assembly;
        using var stream = assembly.GetManifestResourceStream(name)
            ?? assembly.GetManifestResourceStream(name.Replace('/', '\\'))
            ?? throw new InvalidOperationException($"The table `{name}` is not embedded.");
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build().Deserialize<T>(reader);
    }
}

using System.Globalization;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Interven.Engine.Tests.Classifying.Secrets;

/// <summary>One row of a case file: pieces that make the text, and the kind wanted, or <c>none</c>.</summary>
public sealed class SecretCase
{
    public string Why { get; set; } = "";
    public List<string> Join { get; set; } = [];
    public string Kind { get; set; } = "none";
    public string? Confidence { get; set; }
    public string? Field { get; set; }

    public string Text => string.Concat(Join);

    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cases", "classify", "secrets");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public static List<SecretCase> Read(string file) =>
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
            .Deserialize<List<SecretCase>>(File.ReadAllText(Path.Combine(Folder, file)));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}: {Why} ({Field} {Text[..Math.Min(Text.Length, 60)]})");
}

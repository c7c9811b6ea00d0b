using System.Text.Json;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Interven.Engine.Tests.Classifying;

/// <summary>The case files of one area: <c>tests/cases/classify/{area}/*.yaml</c>, a kind with texts in which it is found and texts in which it is not.</summary>
static class CaseFiles
{
    sealed class Kind
    {
        [YamlMember(Alias = "kind")]
        public string Name { get; set; } = "";
        public List<string> Found { get; set; } = [];
        public List<string> NotFound { get; set; } = [];
    }

    /// <summary>Rows of kind, text, wanted.</summary>
    public static TheoryData<string, string, bool> Of(string area)
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        var rows = new TheoryData<string, string, bool>();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "cases", "classify", area), "*.yaml").Order(StringComparer.Ordinal))
        {
            var kind = yaml.Deserialize<Kind>(File.ReadAllText(file));
            kind.Found.ForEach(text => rows.Add(kind.Name, text, true));
            kind.NotFound.ForEach(text => rows.Add(kind.Name, text, false));
        }
        return rows;
    }

    /// <summary>A case that is a JSON object is the body itself; any other text stands in a field that says nothing.</summary>
    public static string Body(string text) => text.StartsWith('{') && IsJson(text) ? text : JsonSerializer.Serialize(new { text });

    static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Text;
using Interven.Engine.Reading;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Interven.Engine.Tests.Reading;

/// <summary>One row of <c>tests/cases/reading/disguises.yaml</c>.</summary>
public sealed class Disguise
{
    public string Name { get; set; } = "";
    public string Body { get; set; } = "";
    public string Find { get; set; } = "";
    public TextLayer Layer { get; set; }
    public string Path { get; set; } = "$";
    public string? Replaced { get; set; }
    public string? Field { get; set; }

    public static IReadOnlyList<Disguise> All { get; } = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
        .Deserialize<List<Disguise>>(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "cases", "reading", "disguises.yaml")));

    public static TheoryData<string> Names() => [.. All.Select(one => one.Name)];

    public static Disguise Called(string name) => All.Single(one => one.Name == name);

    public static JsonTree Parse(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json), out var problem) ?? throw new ArgumentException(problem!.Message);
}

using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Interven.Engine.Tests.Policies;

/// <summary>Tables of cases under <c>tests/cases/policies</c>.</summary>
static class Cases
{
    static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();

    public static IReadOnlyList<T> Load<T>(string file) =>
        Yaml.Deserialize<List<T>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases", "policies", file)));

    public static TheoryData<string> Names<T>(IEnumerable<T> rows, Func<T, string> name) => new(rows.Select(name));
}

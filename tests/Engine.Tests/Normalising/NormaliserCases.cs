using System.Text;
using CsCheck;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;
using YamlDotNet.Serialization;

namespace Interven.Engine.Tests.Normalising;

/// <summary>Rows of <c>tests/cases/normalise/*.yaml</c>.</summary>
public sealed class NormaliserCase
{
    public string Call { get; set; } = "";
    public string? Body { get; set; }
    public string? Headers { get; set; }
    public string? GivenTool { get; set; }
    public string? GivenOperation { get; set; }

    /// <summary>Tool, operation and verb: <c>slack post_message WRITE</c>; <c>-</c> leaves one open.</summary>
    public string Is { get; set; } = "";

    /// <summary>Tool and operation without the claimed tool.</summary>
    public string? Unclaimed { get; set; }

    public string? Category { get; set; }
    public string? Given { get; set; }
    public string? Shown { get; set; }
    public string? Org { get; set; }
    public string? Repo { get; set; }
    public string? Channel { get; set; }
    public string? Region { get; set; }
    public string? Account { get; set; }
    public string? Principal { get; set; }
    public string? ExternalPrincipal { get; set; }
    public bool? External { get; set; }
    public bool? Known { get; set; }
    public Dictionary<string, string>? Tags { get; set; }

    public override string ToString() => $"{Call} {Body} {GivenTool} {GivenOperation}".Trim();
}

static class NormaliserCases
{
    public static readonly InternalDomains Inside = new(["acme.example", "*.acme-bank.example"]);

    public static readonly IReadOnlyList<(string File, NormaliserCase Case)> All = [.. Read()];

    static IEnumerable<(string File, NormaliserCase Case)> Read()
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance).Build();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "cases", "normalise"), "calls-*.yaml").Order(StringComparer.Ordinal))
            foreach (var one in yaml.Deserialize<List<NormaliserCase>>(File.ReadAllText(file)))
                yield return (Path.GetFileName(file), one);
    }

    public static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    public static ToolCall Identify(string method, string url, string? body = null, string? headers = null, string? tool = null, string? operation = null, TenantTools? tenant = null)
    {
        var request = Encoding.UTF8.GetBytes($"{{\"headers\":{headers ?? "null"},\"body\":{body ?? "null"}}}");
        using var tree = JsonTree.Parse(request, out var problem);
        Assert.True(tree is not null, problem?.Message);
        var normal = UrlNormaliser.Read(url, out var why);
        Assert.True(normal is not null, why);
        return Normaliser.Identify(new(method, normal, tree, body is null ? -1 : tree.Child(0, "body"), headers is null ? -1 : tree.Child(0, "headers"), tool, operation),
            tenant ?? TenantTools.None, Inside);
    }
}

using System.Globalization;
using System.Text;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Policies;

/// <summary>One row of <c>rules.yaml</c>.</summary>
public sealed class RuleCase
{
    public string Name { get; set; } = "";
    public string Rule { get; set; } = "{}";
    public string Policy { get; set; } = "";
    public CallCase Call { get; set; } = new();
    public string? Body { get; set; }
    public List<string> Findings { get; set; } = [];
    public string AgentId { get; set; } = "";
    public string Runtime { get; set; } = "";
    public AgentCase? Agent { get; set; }
    public double Risk { get; set; }
    public string Now { get; set; } = "2026-01-15T12:00:00Z";
    public string Want { get; set; } = "";
    public string? FailedOn { get; set; }
    public string? WouldHave { get; set; }

    public PolicyDocument Document()
    {
        var rule = Rule.Contains("action:", StringComparison.Ordinal) ? Rule : Rule.Insert(1, Rule == "{}" ? "action: DENY" : "action: DENY, ");
        var reading = PolicyReader.Read($"name: one\n{Policy}\nrules:\n- {rule}\n");
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }

    public PolicyFacts Facts() => Build(Body, Call, Findings, Agent?.Facts(), AgentId, Runtime, Risk, Now);

    public static PolicyFacts Build(
        string? body, CallCase call, IEnumerable<string>? findings = null, AgentFacts? agent = null, string agentId = "", string runtime = "",
        double risk = 0, string now = "2026-01-15T12:00:00Z")
    {
        var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(body ?? "null"), out var problem) ?? throw new InvalidOperationException(problem!.Message);
        var text = new ScanText();
        if (body is not null)
            BodyText.Read(tree, 0, text);
        text.Add(new(text.Write(call.Url), call.Url.Length, TextOrigin.Url, -1, TextLayer.Plain, -1, 0, 0, -1, 0));
        var list = new FindingList();
        foreach (var parts in (findings ?? []).Select(finding => finding.Split('/')))
        {
            Assert.True(Words.TryParseDataClass(parts[1], out var dataClass) & Words.TryParseConfidence(parts[2], out var confidence));
            list.Add(new(new DataKind(parts[0], dataClass, .5), confidence, 0, 0, 1));
        }
        return new PolicyFacts
        {
            Call = call.ToolCall(), Tree = tree, Body = body is null ? -1 : 0, Embedded = EmbeddedIn(tree), Text = text, Findings = list,
            BodyBytes = Encoding.UTF8.GetByteCount(body ?? ""), AgentId = agentId, RuntimeType = runtime, Env = "production", Agent = agent,
            RiskScore = risk, Now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
        };
    }

    static List<EmbeddedJson> EmbeddedIn(JsonTree tree)
    {
        var embedded = new List<EmbeddedJson>();
        for (var node = 0; node < tree.Nodes.Length; node++)
            if (tree.Nodes[node].Kind == JsonKind.String && tree.Value(node).TrimStart() is ['{' or '[', ..]
                && JsonTree.Parse(Encoding.UTF8.GetBytes(tree.Value(node).ToString()), out _) is { } inner)
                embedded.Add(new(node, inner));
        return embedded;
    }
}

public sealed class CallCase
{
    public string Tool { get; set; } = "custom_proxy";
    public string Operation { get; set; } = "do_it";
    public string? Given { get; set; }
    public string? Category { get; set; }
    public string Method { get; set; } = "POST";
    public string Url { get; set; } = "https://api.example.com/v1/do-it";
    public string Verb { get; set; } = "WRITE";
    public string? Org { get; set; }
    public string? Repo { get; set; }
    public string? Channel { get; set; }
    public string? Region { get; set; }
    public string? Account { get; set; }
    public string? Principal { get; set; }
    public bool? ExternalPrincipal { get; set; }
    public Dictionary<string, string>? Tags { get; set; }

    public ToolCall ToolCall()
    {
        Assert.True(Words.TryParseVerb(Verb, out var verb));
        return new()
        {
            Method = Method, Url = Url, Scheme = "https", Host = "api.example.com", Tool = Tool, Operation = Operation, GivenOperation = Given,
            Category = Category, Verb = verb,
            Resource = new()
            {
                Org = Org, Repo = Repo, Channel = Channel, Region = Region, Account = Account, Principal = Principal,
                IsExternalPrincipal = ExternalPrincipal, AwsTags = Tags,
            },
        };
    }
}

public sealed class AgentCase
{
    public double Trust { get; set; } = 1;
    public bool NewDestination { get; set; }
    public bool Burst { get; set; }

    public AgentFacts Facts() => new() { Trust = Trust, NewDestination = NewDestination, VolumeBurst = Burst };
}

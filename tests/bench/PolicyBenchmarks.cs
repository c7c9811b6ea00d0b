using System.Text;
using BenchmarkDotNet.Attributes;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Policies;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Bench;

/// <summary>P6: decisions per second with 10 and 1,000 rules about other tools; and a typical call that ten policies do concern (P4).</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    PolicySet few = PolicySet.Empty;
    PolicySet many = PolicySet.Empty;
    PolicySet concerned = PolicySet.Empty;
    PolicyFacts facts = null!;

    [GlobalSetup]
    public void Build()
    {
        facts = Facts();
        few = PolicySet.Compile(AboutOtherTools(1));
        many = PolicySet.Compile(AboutOtherTools(100));
        concerned = PolicySet.Compile(Enumerable.Range(0, 10).Select(i => Stored($$"""
            {"name":"p{{i}}","rules":[
              {"tool_name":"slack","operations":["post_message"],"has_data_class":["SECRETS"],"action":"DENY"},
              {"tool_name":"slack","body_contains_any":["wire {{i}}","iban {{i}}"],"action":"REQUIRE_APPROVAL"},
              {"verbs":["WRITE"],"body_path_gte":{"path":"$..amount","value":10000},"action":"REQUIRE_APPROVAL"},
              {"channel_patterns":["#ext-*"],"is_new_destination":true,"action":"DENY"}]}
            """)));
    }

    [Benchmark(Baseline = true)]
    public PolicyVerdict TenRulesOnOtherTools() => few.Evaluate(facts);

    [Benchmark]
    public PolicyVerdict AThousandRulesOnOtherTools() => many.Evaluate(facts);

    [Benchmark]
    public PolicyVerdict TenPoliciesOnThisCall() => concerned.Evaluate(facts);

    static IEnumerable<StoredPolicy> AboutOtherTools(int policies) => Enumerable.Range(0, policies).Select(i => Stored(
        $$"""{"name":"p{{i}}","rules":[{{string.Join(',', Enumerable.Range(0, 10).Select(rule => $$"""
            {"tool_name":"tool_{{i % 40}}","operations":["operation_{{rule}}"],"body_contains_any":["word {{i}} {{rule}}"],
             "body_path_gte":{"path":"$..amount","value":{{rule}}},"action":"DENY"}
            """))}}]}"""));

    static StoredPolicy Stored(string json) => StoredPolicy.Of(Guid.Empty, 1, PolicyReader.Read(json).Document!);

    static PolicyFacts Facts()
    {
        var notes = string.Join(',', Enumerable.Range(0, 16).Select(i => $$"""{"id":{{i}},"note":"Case {{i}} was reviewed and closed without findings."}"""));
        var body = Encoding.UTF8.GetBytes($$"""{"channel":"risk-desk","text":"Weekly review of open cases","items":[{{notes}}]}""");
        var tree = JsonTree.Parse(body, out _)!;
        var text = new ScanText();
        BodyText.Read(tree, 0, text);
        return new()
        {
            Call = new()
            {
                Method = "POST", Url = "https://slack.com/api/chat.postMessage", Scheme = "https", Host = "slack.com", Tool = "slack",
                Operation = "post_message", Verb = Verb.Write, Resource = new() { Channel = "risk-desk" },
            },
            Tree = tree, Body = 0, Text = text, Findings = new FindingList(), BodyBytes = body.Length, Env = "production",
            Agent = new AgentFacts(), RiskScore = .1, Now = DateTimeOffset.UnixEpoch,
        };
    }
}

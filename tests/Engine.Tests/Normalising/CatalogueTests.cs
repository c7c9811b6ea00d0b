using CsCheck;
using Interven.Contracts;
using Interven.Engine.Normalising;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Tests.Normalising;

public class CatalogueTests
{
    static readonly string[] Categories = ["messaging", "source_control", "iam", "payments", "banking", "kyc", "billing", "storage", "file_sharing", "database",
        "crm", "support", "hr", "payroll", "recruiting", "observability", "audit", "security", "incident", "issue_tracking", "project_management",
        "knowledge", "ai", "cloud", "compute", "network", "hosting", "ci", "secrets", "execution", "export", "mcp"];

    static IReadOnlyList<CatalogueTool> Tools => ToolCatalogue.Shared.Tools;

    [Fact]
    public void The_promised_tools_are_there_with_four_hundred_operations_and_more()
    {
        string[] promised = ["github", "gitlab", "linear", "jira", "datadog", "pagerduty", "slack", "discord", "teams", "sendgrid", "twilio", "salesforce", "hubspot",
            "zendesk", "intercom", "gdrive", "gmail", "notion", "confluence", "dropbox", "box", "asana", "monday", "aws", "supabase", "firebase", "cloudflare",
            "vercel", "netlify", "openai", "anthropic", "stripe", "plaid", "paypal", "workday", "bamboohr", "greenhouse", "mcp"];
        Assert.Equal(promised.Order(StringComparer.Ordinal), Tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.True(Tools.Sum(tool => tool.Operations.Count) >= 400);
    }

    [Fact]
    public void Names_are_snake_case_and_categories_known() => Assert.All(Tools, tool =>
    {
        Assert.Equal(Snake.Of(tool.Name), tool.Name);
        Assert.Equal(tool.Operations.Count, tool.Operations.Select(o => o.Name).Distinct().Count());
        Assert.All(tool.Operations, operation =>
        {
            Assert.Equal(Snake.Of(operation.Name), operation.Name);
            Assert.Contains(operation.Category, Categories);
        });
    });

    // A host may lie below another tool's wildcard only with a longer prefix of its own.
    [Fact]
    public void No_host_is_two_tools()
    {
        var places = Tools.SelectMany(tool => tool.Hosts.Select(host => (host, tool.Name))).ToList();
        Assert.Equal(places.Count, places.Select(place => place.host.ToLowerInvariant()).Distinct().Count());
        foreach (var (host, name) in places.Where(place => place.host.StartsWith("*.", StringComparison.Ordinal)))
            foreach (var (other, owner) in places.Where(place => place.Name != name))
                Assert.False(!host.Contains('/', StringComparison.Ordinal) && other.Split('/')[0].EndsWith(host[1..], StringComparison.Ordinal)
                    && other.Contains('/', StringComparison.Ordinal) is false, $"{other} of {owner} lies below {host} of {name}.");
    }

    [Fact]
    public void Every_route_leads_to_its_operation()
    {
        foreach (var tool in Tools.Where(tool => tool.Hosts.Count > 0 && tool.Services.Count == 0))
            foreach (var operation in tool.Operations)
                foreach (var route in operation.Routes)
                {
                    var found = tool.Hosts.Any(host => Reached(host, route) is { } call && call.Tool == tool.Name && call.Operation == operation.Name
                        && call.Verb == operation.Verb && call.Category == operation.Category);
                    Assert.True(found, $"{tool.Name}: `{route}` does not lead to {operation.Name}.");
                }
    }

    static ToolCall Reached(string host, string route)
    {
        var words = route.Split(' ', 2);
        var path = words[1].Replace("{**}", "aa/bb", StringComparison.Ordinal);
        foreach (var place in (ReadOnlySpan<string>)["{**}", "{org}"])
            path = path.Replace(place, "x", StringComparison.Ordinal);
        var filled = string.Join("xq7", path.Split('{').Select((part, i) => i == 0 ? part : part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..]));
        var at = string.Join("xq7", host.Replace("*.", "acme.", StringComparison.Ordinal).Split('{').Select((part, i) => i == 0 ? part : part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..]));
        return NormaliserCases.Identify(words[0] == "ANY" ? "POST" : words[0], $"https://{at}{filled}");
    }

    [Fact]
    public void Every_name_of_an_operation_is_one_only_and_finds_it_by_function() => Assert.All(Tools.Where(tool => tool.Services.Count == 0), tool =>
        Assert.All(tool.Operations, operation =>
        {
            var call = NormaliserCases.Identify("POST", $"tool://agent/{tool.Name}__{operation.Name}");
            Assert.Equal((tool.Name, operation.Name, operation.Verb), (call.Tool, call.Operation, call.Verb));
        }));

    [Fact]
    public void Operations_that_only_look_are_not_called_by_words_that_change() => Assert.All(Tools, tool => Assert.All(tool.Operations, operation =>
        Assert.False(operation.Verb == Verb.Read && operation.Name.Split('_')[0] is "create" or "delete" or "update" or "add" or "remove" or "set"
            && operation.Name is not "create_moderation", $"{tool.Name}: {operation.Name} is READ.")));

    static readonly Gen<string> Hosts = NormaliserCases.AnyOf("slack.com", "api.github.com", "amazonaws.com", "iam", "evil", "io", "s3", "us-east-1", "www.googleapis.com", "zendesk.com", "com", "x")
        .Array[1, 5].Select(labels => string.Join('.', labels) + ".evil-corp.test");

    static readonly Gen<string> Paths = NormaliserCases.AnyOf("api", "chat.postMessage", "repos", "graphql", "..", "%2e", "drive", "v3", "files", "1", ";", "%2F", "?a=b", "\u0130", "", "Action=CreateUser")
        .Array[0, 9].Select(parts => "/" + string.Join('/', parts));

    static readonly Gen<string> Bodies = NormaliserCases.AnyOf("null", "1", "\"\"", "\"{\"", "\"Action=CreateUser&%\"", "[[]]", "{\"query\":\"mutation { a(\"}", "{\"query\":\"{...{{\"}", "{\"query\":1}",
        "{\"channel\":{}}", "\"[1,\"", "{\"Tags\":[1,{\"Key\":1}]}", "{\"query\":\"fragment\"}", "{\"query\":\"\\\"\\\\\"}");

    [Fact]
    public void An_unknown_host_never_becomes_a_known_tool() => Gen.Select(Hosts, Paths, Bodies).Sample((host, path, body) =>
        Assert.Equal(ToolCatalogue.CustomProxy, NormaliserCases.Identify("POST", $"https://{host}{path}", body).Tool), iter: 5_000);

    [Fact]
    public void No_call_throws() => Gen.Select(NormaliserCases.AnyOf([.. Tools.SelectMany(tool => tool.Hosts).Select(host => host.Split('/')[0].Replace("*.", "x.", StringComparison.Ordinal))]), Paths, Bodies, Gen.String, Gen.String)
        .Sample((host, path, body, tool, operation) =>
        {
            Assert.NotEmpty(NormaliserCases.Identify("POST", $"https://{host}{path}", body, tool: tool, operation: operation).Operation);
            Assert.NotEmpty(NormaliserCases.Identify("?", $"tool://{host}{path}", body, tool: tool, operation: operation).Operation);
        }, iter: 5_000);
}

using Interven.Engine.Normalising.Catalogue;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Tests.Normalising;

/// <summary>The seeded policies and packs speak of tools, operations and categories that there are.</summary>
public class SeedTests
{
    static readonly string[] OwnNames = ["create_disbursement", "transfer_funds", "approve_payout", "approve_disbursement", "export_customers", "bulk_export",
        "export_records", "download_customer_data", "export_all", "add_beneficiary", "create_beneficiary", "add_payee", "create_payee", "add_recipient",
        "add_bank_account", "update_bank_account", "update_beneficiary"];

    static IEnumerable<(string File, YamlMappingNode Policy)> Policies()
    {
        var assembly = typeof(ToolCatalogue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains("/Seeds/", StringComparison.Ordinal) || name.Contains("/Packs/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var yaml = new YamlStream();
            yaml.Load(reader);
            yield return (name, (YamlMappingNode)Assert.Single(yaml.Documents).RootNode);
        }
    }

    static IEnumerable<string> Texts(YamlMappingNode node, params string[] keys) =>
        keys.SelectMany(key => node.Children.TryGetValue(new YamlScalarNode(key), out var value)
            ? value is YamlSequenceNode many ? many.Children.Select(one => one.ToString()) : [value.ToString()] : Array.Empty<string>());

    [Fact]
    public void Nine_policies_are_seeded_and_six_packs_lie_ready()
    {
        var files = Policies().Select(policy => policy.File).ToList();
        Assert.Equal(9, files.Count(file => file.Contains("/Seeds/", StringComparison.Ordinal)));
        Assert.Equal(["fintech-starter", "gdpr", "glba", "hipaa", "pci-dss", "soc2"],
            files.Where(file => file.Contains("/Packs/", StringComparison.Ordinal)).Select(file => file.Split('/')[2]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(files.Count, Policies().Select(policy => policy.Policy[new YamlScalarNode("name")].ToString()).Distinct().Count());
    }

    [Fact]
    public void Every_rule_speaks_of_what_the_catalogue_knows() => Assert.All(Policies(), policy =>
    {
        foreach (var rule in ((YamlSequenceNode)policy.Policy["rules"]).Children.Cast<YamlMappingNode>())
        {
            var match = (YamlMappingNode)rule["match"];
            var tools = Texts(match, "tool_name", "tool_names").ToList();
            Assert.All(tools, tool => Assert.True(tool == ToolCatalogue.CustomProxy || ToolCatalogue.Shared.Knows(tool), $"{policy.File}: no tool {tool}."));
            Assert.All(Texts(match, "operations"), operation => Assert.True(IsKnown(operation, tools), $"{policy.File}: no operation {operation}."));
        }
    });

    // The names on the seeds' own subject: if the normaliser renames one, a seed would sleep for ever.
    [Theory]
    [InlineData("PUT", "https://api.github.com/repos/a/b/collaborators/x", "add_collaborator")]
    [InlineData("POST", "https://api.github.com/repos/a/b/pulls/1/reviews", "review_pull_request")]
    [InlineData("POST", "https://slack.com/api/files.upload", "upload_file")]
    [InlineData("GET", "https://iam.amazonaws.com/?Action=CreateUser", "iam_create_user")]
    [InlineData("GET", "https://iam.amazonaws.com/?Action=AttachUserPolicy", "iam_attach_user_policy")]
    [InlineData("POST", "https://www.googleapis.com/drive/v3/files/1/permissions", "share_file")]
    [InlineData("GET", "https://www.googleapis.com/drive/v3/files/1/export", "export_file")]
    public void A_call_bears_the_name_that_its_seed_waits_for(string method, string url, string operation)
    {
        Assert.Equal(operation, NormaliserCases.Identify(method, url).Operation);
        Assert.Contains(Policies().Where(policy => policy.File.Contains("/Seeds/", StringComparison.Ordinal)),
            policy => ((YamlSequenceNode)policy.Policy["rules"]).Children.Cast<YamlMappingNode>().Any(rule => Texts((YamlMappingNode)rule["match"], "operations").Contains(operation)));
    }

    static bool IsKnown(string operation, List<string> tools)
    {
        var all = ToolCatalogue.Shared.Tools.Where(tool => tools.Count == 0 || tools.Contains(tool.Name)).SelectMany(tool => tool.Operations);
        return operation.StartsWith("category:", StringComparison.Ordinal)
            ? all.Any(one => one.Category == operation["category:".Length..])
            : all.Any(one => one.Name == operation) || tools.Contains(ToolCatalogue.CustomProxy) && OwnNames.Contains(operation)
                || operation is "sso_attach_managed_policy_to_permission_set";
    }
}

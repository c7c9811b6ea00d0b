using System.Globalization;
using System.Text;
using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Tests.Normalising;

/// <summary>Keeps <c>docs/tools.md</c> in step with the catalogue. With <c>INTERVEN_WRITE_DOCS=1</c> the test writes the file instead.</summary>
public class CatalogueOverviewTests
{
    [Fact]
    public void The_overview_says_what_the_catalogue_says()
    {
        var path = Path.Combine(Root(), "docs", "tools.md");
        var wanted = Overview();
        if (Environment.GetEnvironmentVariable("INTERVEN_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, wanted);
        }
        Assert.True(File.ReadAllText(path) == wanted, "docs/tools.md is out of step: run this test with INTERVEN_WRITE_DOCS=1.");
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "global.json")))
            folder = folder.Parent;
        return folder.FullName;
    }

    static string Overview()
    {
        var tools = ToolCatalogue.Shared.Tools;
        var text = new StringBuilder(Head);
        text.Append(CultureInfo.InvariantCulture, $"\n{tools.Count} tools, {tools.Sum(tool => tool.Operations.Count)} operations.\n");
        foreach (var tool in tools.OrderBy(tool => tool.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {tool.Title} (`{tool.Name}`)\n");
            if (tool.Hosts.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", tool.Hosts.Select(host => $"`{host}`"))}\n\n");
            text.Append("| operation | verb | category |\n|---|---|---|\n");
            foreach (var operation in tool.Operations)
                text.Append(CultureInfo.InvariantCulture, $"| `{operation.Name}` | {operation.Verb.Word()} | `{operation.Category}` |\n");
        }
        return text.ToString();
    }

    const string Head = """
        # Tools and operations

        Made from `engine/Normalising/Catalogue/*.yaml`; do not edit by hand.

        How a call finds its name:

        1. A URL of a known host is that tool, whatever the caller says. Its operation is the route's; for GraphQL the strictest field that is asked for; for AWS
           `{service}_{action}`; where nothing is listed `{method}_{resource}` (verb by method, ADMIN where the words speak of access).
        2. Else the tenant's own tools and patterns.
        3. Else a function's name (`tool://runtime/function`, `mcp://server/tool`): `slack_post_message`, `post_to_slack`, `github.create_issue`, `SlackPostMessage`.
           Where a tool's name is an everyday word (`box`, `linear`, `monday`, `notion`, `teams` …) only a listed operation counts.
           At the address of an MCP server (a path with `mcp` in it, or a host named for it) the JSON-RPC message in the body is the function: `tools/call` counts as the tool
           that it calls, with its arguments for the body, of a batch the strictest; `initialize`, `tools/list` and notifications are `mcp` operations. A path with a tool's
           name beside `mcp` (`/github/mcp`) is that tool's server. A message sent to any other address stands beside what the URL says, as a given operation does.
        4. Else the given `tool_name`, if it is in the catalogue or the tenant's own; else `custom_proxy`, with the last path segment that is a name.

        Where the URL is of no known tool, rules are matched with the URL's operation and with the given one, and the stricter verb counts.
        Where the given tool takes another's place, rules are asked for both and the stricter answer counts; the claim alone fulfils no ALLOW before the default action.

        **External** is every destination but the tenant's internal domains and what cannot be reached from outside: private and loopback addresses, names without a
        dot, `.local`, `.internal`, `.localhost`, `.home.arpa`. Link-local addresses (cloud metadata) are external. `exec://` and `shell://` on the own machine are
        internal; `tool://`, `mcp://`, `search://` and `message://` are external, since it is not known what they do with their arguments.
        A principal is external by the domain of its address; without an address, or where the tenant has named no internal domains, that is unknown, and strict rules
        take unknown for yes.

        ## An operation in one line
        `name: VERB @category METHOD /path/{capture}?query | METHOD /path names other_name, another fields graphQlField`. Verb and category may be left out: READ where
        all routes are GETs, else WRITE; the tool's category. Captures named `org`, `repo`, `channel`, `region`, `account`, `principal` and `project` fill the resource.

        """;
}

using Interven.Contracts;
using Interven.Engine.Normalising;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Tests.Normalising;

public class TenantToolsTests
{
    static readonly CatalogueTool Bank = new("core_banking", "Core banking", "payments")
    {
        Hosts = ["bank.acme.example/v1", "tool://ledger"],
        Operations = [new("book_entry", Verb.Write, "payments") { Routes = ["POST /entries", "POST /book"] }, new("close_day", Verb.Admin, "payments") { Routes = ["POST /days/{id}/close"] }],
    };

    static readonly CatalogueTool Patterns = new("custom_proxy", "", "payments")
    {
        Hosts = ["*"],
        Operations = [new("create_disbursement", Verb.Write, "payments") { Routes = ["POST /disbursements", "POST /{v}/disbursements/{account}"] }],
    };

    static TenantTools Compiled(params CatalogueTool[] tools)
    {
        var result = TenantTools.Compile(tools, out var problems);
        Assert.True(result is not null, string.Join(" ", problems.Select(p => p.Message)));
        return result;
    }

    [Theory]
    [InlineData("https://bank.acme.example/v1/entries", "core_banking", "book_entry", "WRITE")]
    [InlineData("https://BANK.acme.example:443/v1//days/7/close/", "core_banking", "close_day", "ADMIN")]
    [InlineData("https://bank.acme.example/v1/other", "core_banking", "post_other", "WRITE")]
    [InlineData("https://bank.acme.example/v2/entries", "custom_proxy", "entries", "WRITE")]
    [InlineData("tool://ledger/book", "core_banking", "book_entry", "WRITE")]
    [InlineData("https://pay.evil.io/disbursements", "custom_proxy", "create_disbursement", "WRITE")]
    [InlineData("https://slack.com/api/disbursements", "slack", "post_disbursements", "WRITE")]
    public void A_tenants_own_tools_come_after_the_catalogue_and_before_guessing(string url, string tool, string operation, string verb)
    {
        var call = NormaliserCases.Identify("POST", url, tenant: Compiled(Bank, Patterns));
        Assert.Equal((tool, operation, verb), (call.Tool, call.Operation, call.Verb.Word()));
    }

    [Fact]
    public void An_own_pattern_is_shown_before_what_the_caller_says_and_both_count()
    {
        var call = NormaliserCases.Identify("POST", "https://pay.evil.io/v3/disbursements/77", operation: "get_balance", tenant: Compiled(Patterns));
        Assert.Equal(("create_disbursement", "create_disbursement", "get_balance"), (call.ShownOperation, call.Operation, call.GivenOperation));
        Assert.Equal(("77", "payments"), (call.Resource.Account, call.Category));
    }

    [Fact]
    public void A_claimed_own_tool_counts_where_the_url_is_of_no_tool() =>
        Assert.Equal("core_banking", NormaliserCases.Identify("POST", "tool://agent/book_entry", tool: "core_banking", tenant: Compiled(Bank)).Tool);

    [Fact]
    public void A_host_of_ones_own_can_be_a_catalogue_tool()
    {
        var call = NormaliserCases.Identify("POST", "https://git.acme.example/api/v4/projects/7/issues",
            tenant: Compiled(new CatalogueTool("gitlab", "", "source_control") { Hosts = ["git.acme.example/api/v4"] }));
        Assert.Equal(("gitlab", "create_issue", true, false), (call.Tool, call.Operation, call.UrlIsKnown, call.IsExternal));
    }

    [Theory]
    [InlineData("my_tool", "slack.com", "POST /a", "belongs to `slack`")]
    [InlineData("my_tool", "x.zendesk.com", "POST /a", "belongs to `zendesk`")]
    [InlineData("my_tool", "*", "POST /a", "Only `custom_proxy`")]
    [InlineData("my_tool", "a b.example", "POST /a", "is no host")]
    [InlineData("MyTool", "a.example", "POST /a", "snake_case")]
    [InlineData("my_tool", "a.example", "/a", "is no route")]
    [InlineData("github", "a.example", "POST /a", "only hosts can be added")]
    [InlineData("gh", "a.example", "POST /a", "another name of `github`")]
    public void What_is_wrong_is_refused_with_its_place(string name, string host, string route, string because)
    {
        var tool = new CatalogueTool(name, "", "payments") { Hosts = [host], Operations = [new("pay", Verb.Write, "payments") { Routes = [route] }] };
        Assert.Null(TenantTools.Compile([tool], out var problems));
        Assert.Contains(problems, problem => problem.Path.StartsWith("$[0].", StringComparison.Ordinal) && problem.Message.Contains(because, StringComparison.Ordinal));
    }
}

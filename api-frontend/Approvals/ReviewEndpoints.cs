using System.Text;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Approvals;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces.Approvals;

namespace Interven.ApiFrontend.Approvals;

/// <summary>What people who decide see and do.</summary>
static class ReviewEndpoints
{
    public const int MostNote = 2000;

    public static void MapReviewing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/approvals", List).Needs(Permission.ApprovalsRead)
            .Describe("Approvals", "List approvals", "Newest first.")
            .TakesQuery("status", "pending, approved, denied or expired; absent, all of them.")
            .TakesQuery("agent", "Only of this agent.")
            .TakesQuery("tool", "Only to this tool.")
            .TakesQuery("granted", "true: only those with a grant that may still be used.")
            .TakesPage().Gives(200, typeof(Page<Approval>)).Refuses(400, 401, 403);
        app.MapGet("/api/approvals/{id:guid}", Find).Needs(Permission.ApprovalsRead)
            .Describe("Approvals", "Read an approval",
                "With every vote, and in `review` what a reviewer needs: the redacted body, why it was stopped, what the agent did in the last day, earlier decisions alike, and whether you may approve it.")
            .Gives(200, typeof(Approval)).Refuses(401, 403, 404);
        app.MapPost("/api/approvals/{id:guid}/approve", Approve).Needs(Permission.ApprovalsChange)
            .Describe("Approvals", "Approve a paused call",
                "Durable when it answers; whoever waits has been released. Where more than one person must approve, it counts as one vote, and the status stays pending. A call that the rules have come to deny is denied with POLICY_CHANGED. "
                + "With `body`, another body is approved in place of the proposed one: it is scanned first (422 EDIT_REFUSED), whoever waits gets it as `sanitized_body`, and votes before it do not count for it.")
            .Takes(typeof(ApproveRequest), Examples.DecideApproval).Gives(200, typeof(Approval)).Refuses(400, 401, 403, 404, 409, 413, 422, 503);
        app.MapPost("/api/approvals/{id:guid}/deny", Deny).Needs(Permission.ApprovalsChange)
            .Describe("Approvals", "Deny a paused call", "One denial ends it; the identical call is denied for the tenant's deny window too.")
            .Takes(typeof(DecideApprovalRequest), Examples.DecideApproval).Gives(200, typeof(Approval)).Refuses(400, 401, 403, 404, 409, 413, 503);
    }

    static async Task List(HttpContext http)
    {
        var query = http.Request.Query;
        ApprovalState? state = null;
        if (query["status"].ToString() is { Length: > 0 } word && (state = StateOf(word)) is null)
            await Problems.Write(http, Problems.Invalid("status", "`status` must be pending, approved, denied or expired."));
        else if (query["granted"].ToString() is not ("" or "true" or "false"))
            await Problems.Write(http, Problems.Invalid("granted", "`granted` must be true or false."));
        else if (!ListPage.TryRead(http, out var page, out var refusal))
            await Problems.Write(http, refusal);
        else
        {
            var asked = new ApprovalQuery(state, query["granted"] == "true", Given(query["agent"]), Given(query["tool"]), page.After, page.Limit);
            await Replies.Write(http, await http.Approvals().List(asked), ContractJson.Default.PageApproval);
        }
    }

    static string? Given(string? value) => value is { Length: > 0 } ? value : null;

    static async Task Find(HttpContext http) => await Replies.Write(http, await http.Approval(Id(http)).Detail(ApiCaller.ActorOf(http)), ContractJson.Default.Approval);

    static async Task Approve(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.ApproveRequest, whenEmpty: new()) is { } request)
            await Decide(http, new(true, request.Note, request.Body is { } body ? Encoding.UTF8.GetBytes(body.GetRawText()) : null, request.EditHash));
    }

    static async Task Deny(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.DecideApprovalRequest, whenEmpty: new()) is { } request)
            await Decide(http, new(false, request.Note));
    }

    static async Task Decide(HttpContext http, ApprovalWord word)
    {
        if (word.Note?.Length > MostNote)
            await Problems.Write(http, Problems.Invalid("$.note", $"A note has at most {MostNote} characters."));
        else
            await Replies.Write(http, await http.Decide(Id(http), word), ContractJson.Default.Approval);
    }

    static ApprovalState? StateOf(string word) => word switch
    {
        "pending" => ApprovalState.Pending,
        "approved" => ApprovalState.Approved,
        "denied" => ApprovalState.Denied,
        "expired" => ApprovalState.Expired,
        _ => null,
    };

    static Guid Id(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
